package dev.eddy.benchmarks.measure;

import dev.eddy.model.history.History;
import dev.eddy.model.spec.Head;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingProgress;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a deployment on its files and prints time and scores, of each part of the history: {@code
 * DEPLOYMENT.yaml [setting=value …]}. Publishes nothing.
 */
final class MeasureTraining {
  private static final double EVERY_NANOS = 5e9;

  private long last;

  private MeasureTraining() {}

  public static void main(String[] arguments) throws IOException {
    List<String> settings = List.of(arguments).subList(1, arguments.length);
    Data data = new Data(Path.of(arguments[0]));
    Deployment deployment = data.deployment(settings);
    try (History history = data.history(deployment)) {
      TrainingResult result =
          Trainer.train(
              deployment.trainingInput(),
              deployment.model(),
              deployment.training(),
              history,
              data.scratch(),
              new MeasureTraining()::show);
      System.out.println(result.summary());
      System.out.println(result.spec().head());
      System.out.println(result.spec().input());
      if (result.spec().head() instanceof Head.Forecast) {
        System.out.println(PartErrors.of(result, history, deployment.training()));
        result.evaluation().forecasts().forEach(System.out::println);
      } else {
        PartClasses.of(result, history, deployment.training()).forEach(System.out::println);
      }
    }
  }

  private void show(TrainingProgress.Report report) {
    if (report.done() == report.total() || System.nanoTime() - last > EVERY_NANOS) {
      last = System.nanoTime();
      System.out.println(report);
    }
  }
}
