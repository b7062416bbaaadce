package dev.eddy.benchmarks.measure;

import dev.eddy.model.history.History;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures at which rate a network goes on best: trains a version on the beginning of the files,
 * lets it go on with what came after at several rates, beside one that is trained anew, and prints
 * the errors on the deployment's own test part: {@code DEPLOYMENT.yaml OLDER_VALIDATION_FROM
 * OLDER_TEST_FROM [setting=value …]}.
 */
final class MeasureFineTuning {
  private static final double FINE = 0.1; // what a rate is multiplied by where a network goes on
  private static final double[] RATES = {0.03, 0.1, 0.3, 1}; // of training.learning-rate

  private final Data data;
  private final History history;

  private MeasureFineTuning(Data data, History history) {
    this.data = data;
    this.history = history;
  }

  public static void main(String[] arguments) throws IOException {
    Data data = new Data(Path.of(arguments[0]));
    List<String> settings = List.of(arguments).subList(3, arguments.length);
    Deployment deployment = data.deployment(settings);
    Deployment older =
        data.deployment(
            with(
                settings,
                "training.split={by: time, validation-from: "
                    + arguments[1]
                    + ", test-from: "
                    + arguments[2]
                    + "}"));
    try (History history = data.history(deployment)) {
      new MeasureFineTuning(data, history).run(deployment, older, settings);
    }
  }

  private static List<String> with(List<String> settings, String more) {
    List<String> all = new ArrayList<>(settings);
    all.add(more);
    return all;
  }

  private void run(Deployment deployment, Deployment older, List<String> settings)
      throws IOException {
    TrainingResult before = train(older, Optional.empty());
    Trainer.Start start =
        new Trainer.Start(
            new TrainedModel(
                new ModelId(deployment.modelName(), 1), before.spec(), before.published()),
            Optional.ofNullable(before.beside().get(UpdaterState.FILE)));
    say("anew", train(deployment, Optional.empty()));
    double rate = deployment.training().learningRate();
    for (double each : RATES) {
      Deployment changed =
          data.deployment(with(settings, "training.learning-rate=" + rate * each / FINE));
      say("going on at " + each + " of the rate", train(changed, Optional.of(start)));
    }
  }

  private TrainingResult train(Deployment deployment, Optional<Trainer.Start> start)
      throws IOException {
    return Trainer.train(
        deployment.trainingInput(),
        deployment.model(),
        deployment.training(),
        history,
        data.scratch(),
        progress -> {},
        start);
  }

  private static void say(String what, TrainingResult result) {
    double mae =
        result.evaluation().forecasts().stream()
            .mapToDouble(ForecastScore::mae)
            .average()
            .orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%-30s MAE %.4f, best updates %s, %.0f s%n",
        what,
        mae,
        result.summary().bestUpdates(),
        result.summary().seconds());
  }
}
