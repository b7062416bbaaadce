package dev.eddy.benchmarks.measure;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.score.ClassScore;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cross-validates a deployment of classes over the keys that are not its test, to choose by: {@code
 * DEPLOYMENT.yaml [setting=value …] [seed …]}. Each quarter of the keys is judged by a network that
 * learned from the others; the confusion of all four is pooled.
 */
final class MeasureFolds {
  private static final int FOLDS = 4;
  private static final int VALIDATE_EVERY = 5;

  private final Data data;
  private final List<String> settings;
  private final Path file;

  private MeasureFolds(Data data, List<String> settings) {
    this.data = data;
    this.settings = settings;
    file = data.resolve("folds.history");
  }

  public static void main(String[] arguments) throws IOException {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    List<String> settings = rest.stream().filter(each -> each.contains("=")).toList();
    MeasureFolds folds = new MeasureFolds(new Data(Path.of(arguments[0])), settings);
    List<String> keys = folds.writeWithoutTest();
    for (String argument : rest) {
      if (!settings.contains(argument)) {
        folds.measure(keys, Long.parseLong(argument));
      }
    }
  }

  private List<String> writeWithoutTest() throws IOException {
    Deployment deployment = data.deployment(settings);
    List<String> keys = new ArrayList<>();
    try (History history = data.history(deployment);
        HistoryWriter writer = new HistoryWriter(file, deployment.input().featureSchema())) {
      Parts parts = Parts.of(deployment.training().split(), history, 1);
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

  private void measure(List<String> keys, long seed) throws IOException {
    Map<String, Map<String, Long>> confusion = new TreeMap<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      TrainingResult result = train(keys, fold, seed);
      System.out.println("fold " + fold + " " + result.summary());
      for (ClassScore score : result.evaluation().pooledClasses()) {
        score.confusion().forEach((truth, answers) -> add(confusion, truth, answers));
      }
    }
    print(seed, confusion);
  }

  private static void add(
      Map<String, Map<String, Long>> confusion, String truth, Map<String, Long> answers) {
    Map<String, Long> sum = confusion.computeIfAbsent(truth, unknown -> new TreeMap<>());
    answers.forEach((answer, count) -> sum.merge(answer, count, Long::sum));
  }

  private TrainingResult train(List<String> keys, int fold, long seed) throws IOException {
    List<String> judged = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      (i % FOLDS == fold ? judged : rest).add(keys.get(i));
    }
    List<String> validation = new ArrayList<>();
    for (int i = VALIDATE_EVERY / 2; i < rest.size(); i += VALIDATE_EVERY) {
      validation.add(rest.get(i));
    }
    Deployment deployment = data.deployment(settings(judged, validation, seed));
    try (History history = History.open(List.of(file), deployment.input().featureSchema())) {
      return Trainer.train(
          deployment.trainingInput(),
          deployment.model(),
          deployment.training(),
          history,
          data.scratch(),
          report -> {});
    }
  }

  /** One network, without a refit, unless the caller says otherwise. */
  private List<String> settings(List<String> judged, List<String> validation, long seed) {
    List<String> all = new ArrayList<>(List.of("training.seeds=1", "training.refit=false"));
    all.addAll(settings);
    all.add("training.seed=" + seed);
    all.add("training.split.validation=" + validation);
    all.add("training.split.test=" + judged);
    return all;
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
