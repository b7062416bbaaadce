package dev.eddy.model.training;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.score.ClassScore;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cross-validates the defaults over the keys of the wearable sensor that are not its test, to
 * choose by: {@code [setting=value …] [seed …]}. Each quarter of the keys is judged by a network
 * that learned from the others; the confusion of all four is pooled.
 */
final class MeasureFolds {
  private static final int FOLDS = 4;
  private static final int VALIDATE_EVERY = 5;

  private final Path directory = Files.createTempDirectory("eddy-measure");
  private final RealData data = RealData.rfid(directory);
  private final Path file = directory.resolve("folds.history");

  private MeasureFolds() throws IOException {}

  public static void main(String[] arguments) throws IOException {
    MeasureFolds folds = new MeasureFolds();
    List<String> keys = folds.writeWithoutTest();
    List<String> settings = Arrays.stream(arguments).filter(each -> each.contains("=")).toList();
    for (String argument : arguments) {
      if (!settings.contains(argument)) {
        folds.measure(keys, Long.parseLong(argument), settings);
      }
    }
  }

  private List<String> writeWithoutTest() throws IOException {
    List<String> keys = new ArrayList<>();
    try (History history = data.open();
        HistoryWriter writer = new HistoryWriter(file, data.input().features())) {
      Parts parts = Parts.of(data.training().split(), history, 1);
      for (String key : history.keys()) {
        if (!parts.mayTest(key)) {
          keys.add(key);
          KeyHistory of = history.read(key);
          writer.startKey(key);
          for (int row = 0; row < of.length(); row++) {
            writer.append(of.inputs().get(row), of.labels()[row]);
          }
        }
      }
    }
    return keys;
  }

  private void measure(List<String> keys, long seed, List<String> settings) throws IOException {
    Map<String, Map<String, Long>> confusion = new TreeMap<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<String> judged = new ArrayList<>();
      List<String> rest = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        (i % FOLDS == fold ? judged : rest).add(keys.get(i));
      }
      List<String> validation = new ArrayList<>();
      for (int i = VALIDATE_EVERY / 2; i < rest.size(); i += VALIDATE_EVERY) {
        validation.add(rest.get(i));
      }
      TrainingResult result = train(judged, validation, seed, settings);
      System.out.println("fold " + fold + " " + result.summary());
      ClassScore score =
          result.evaluation().classes().stream()
              .filter(ClassScore::isPooled)
              .findFirst()
              .orElseThrow();
      score
          .confusion()
          .forEach(
              (truth, answers) ->
                  answers.forEach(
                      (answer, count) ->
                          confusion
                              .computeIfAbsent(truth, unknown -> new TreeMap<>())
                              .merge(answer, count, Long::sum)));
    }
    print(seed, confusion);
  }

  private TrainingResult train(
      List<String> judged, List<String> validation, long seed, List<String> settings)
      throws IOException {
    Split split =
        new Split.ByKey(new KeySelection.Named(validation), new KeySelection.Named(judged));
    TrainingSettings training =
        Settings.with(TrainingSettings.of(split), Map.of("refit", false, "seed", seed));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      training =
          MeasureTraining.set(
              training, setting.substring(0, equals), setting.substring(equals + 1));
    }
    try (History history = History.open(List.of(file), data.input().features())) {
      return Trainer.train(
          data.input(), ModelSettings.defaults(), training, history, directory, report -> {});
    }
  }

  private static void print(long seed, Map<String, Map<String, Long>> confusion) {
    double sum = 0;
    StringBuilder text = new StringBuilder();
    for (String label : confusion.keySet()) {
      long right = confusion.get(label).getOrDefault(label, 0L);
      long occurred = confusion.get(label).values().stream().mapToLong(Long::longValue).sum();
      long answered =
          confusion.values().stream().mapToLong(answers -> answers.getOrDefault(label, 0L)).sum();
      double f1 = 2.0 * right / (occurred + answered);
      text.append(String.format(" %s %.4f", label, f1));
      sum += f1;
    }
    System.out.printf("seed %d: macro-F1 %.4f;%s%n", seed, sum / confusion.size(), text);
  }
}
