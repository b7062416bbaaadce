package dev.eddy.model.training;

import dev.eddy.model.history.History;
import dev.eddy.model.history.Parts;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.settings.Declaration;
import dev.eddy.settings.Scalars;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains on a real data set and prints time and scores: {@code weather|labels|beijing|rfid CELL
 * [setting=value …]}.
 */
final class MeasureTraining {
  private MeasureTraining() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("eddy-measure");
    RealData data =
        switch (arguments[0]) {
          case "weather" -> RealData.weather(directory, false);
          case "labels" -> RealData.weather(directory, true);
          case "beijing" -> RealData.beijing(directory);
          default -> RealData.rfid(directory);
        };
    TrainingSettings training = data.training();
    boolean peephole = false;
    double leak = 1;
    int layers = 2;
    int hidden = 64;
    String baseline = ModelSettings.AUTO;
    Optional<List<Integer>> season = Optional.empty();
    ModelSettings.CalibrationMode calibration = ModelSettings.CalibrationMode.ONLINE;
    for (String argument : List.of(arguments).subList(2, arguments.length)) {
      String name = argument.substring(0, argument.indexOf('='));
      String value = argument.substring(name.length() + 1);
      switch (name) {
        case "peephole" -> peephole = Boolean.parseBoolean(value);
        case "leak" -> leak = Double.parseDouble(value);
        case "layers" -> layers = Integer.parseInt(value);
        case "hidden" -> hidden = Integer.parseInt(value);
        case "baseline" -> baseline = value;
        case "calibration" ->
            calibration = ModelSettings.CalibrationMode.valueOf(value.toUpperCase(Locale.ROOT));
        case "season" ->
            season =
                Optional.of(Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList());
        default -> training = set(training, name, value);
      }
    }
    ModelSettings model =
        new ModelSettings(
            CellType.of(arguments[1]),
            peephole,
            leak,
            layers,
            hidden,
            data.horizons(),
            List.of(0.1, 0.5, 0.9),
            baseline,
            season,
            calibration);
    long[] last = {0};
    try (History history = data.open()) {
      TrainingResult result =
          Trainer.train(
              data.input(),
              model,
              training,
              history,
              directory,
              report -> {
                if (report.done() == report.total() || System.nanoTime() - last[0] > 5e9) {
                  last[0] = System.nanoTime();
                  System.out.println(report);
                }
              });
      System.out.println(result.summary());
      System.out.println(result.spec().head());
      System.out.println(result.spec().input());
      if (result.spec().head() instanceof Head.Forecast) {
        System.out.println(PartErrors.of(result, history, data.training()));
      }
      result.evaluation().forecasts().forEach(System.out::println);
      if (data.input().classifies()) {
        print("test, judged", result.evaluation());
        print("test, published", classes(result, result.published(), training, history, false));
        print("validation, judged", classes(result, result.judged(), training, history, true));
      }
    }
  }

  /** Changes one setting of the {@code training:} block, by a short name. */
  static TrainingSettings set(TrainingSettings training, String name, String value) {
    String setting =
        switch (name) {
          case "length" -> "sequence-length";
          case "rate" -> "learning-rate";
          case "decay" -> "weight-decay";
          case "every" -> "validate-every";
          default -> name;
        };
    Class<?> type = Declaration.of(TrainingSettings.class, setting).component().getType();
    return Settings.with(
        training, Map.of(setting, Scalars.read(value, type, Path.of(""), ZoneOffset.UTC)));
  }

  private static void print(String part, Evaluation evaluation) {
    evaluation.classes().stream()
        .filter(ClassScore::isPooled)
        .forEach(score -> System.out.println(part + " " + score));
  }

  /** Scores weights on the test part, or on the keys that stopped their training. */
  private static Evaluation classes(
      TrainingResult result,
      NetworkWeights weights,
      TrainingSettings training,
      History history,
      boolean validation)
      throws IOException {
    Split split = training.split();
    if (validation && split instanceof Split.ByKey byKey) {
      split = new Split.ByKey(KeySelection.none(), byKey.validation());
    }
    return new Evaluator(
            result.spec(),
            training.naiveSeason(),
            Parts.of(split, history, training.seed()),
            history,
            report -> {})
        .evaluate(weights, Map.of());
  }
}
