package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.HistoryEvents;
import dev.eddy.pipeline.operator.OfflinePredictor;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.VersionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures what a swap costs in error: trains two versions that differ in their seeds, lets the
 * second take over at several times of each key's test part, and prints the mean absolute error of
 * the first 1, 5, 20 and 100 medians after it under each policy, as multiples of that of a key that
 * lived under the second version from its start, and how far the first median lies from that key's,
 * in the mean and at most, as a share of its error; and how often the widest intervals of the first
 * 200 hold the actual: {@code DEPLOYMENT.yaml [setting=value …]}.
 */
final class MeasureSwap {
  private static final int[] FIRST = {1, 5, 20, 100};
  private static final int MOST = 200;
  private static final int SWAPS = 20; // of each key

  private final Deployment deployment;
  private final History history;
  private final Path store;
  private final ModelSpec spec;
  private final List<PublishedModel> versions;

  /** A way to take over. */
  private record Way(String name, SwapPolicy policy, int steps) {}

  /**
   * What became of all swaps of all keys.
   *
   * @param errors [horizons][first n] mean absolute errors
   * @param firsts [swaps][horizons] the first medians
   * @param coverage [horizons] shares of actuals within the widest intervals
   */
  private record Swapped(double[][] errors, List<double[]> firsts, double[] coverage) {}

  private MeasureSwap(Data data, List<String> settings) throws IOException {
    deployment = data.deployment(settings);
    history = data.history(deployment);
    store = data.resolve("store");
    versions = new ArrayList<>();
    train(data, settings, 1);
    spec = train(data, settings, 2);
  }

  public static void main(String[] arguments) throws Exception {
    List<String> settings = List.of(arguments).subList(1, arguments.length);
    new MeasureSwap(new Data(Path.of(arguments[0])), settings).run();
  }

  private ModelSpec train(Data data, List<String> settings, int seed) throws IOException {
    List<String> more = new ArrayList<>(settings);
    more.add("training.seed=" + seed);
    Deployment seeded = data.deployment(more);
    TrainingResult result =
        Trainer.train(
            seeded.trainingInput(),
            seeded.model(),
            seeded.training(),
            history,
            data.scratch(),
            progress -> {});
    System.out.println(result.summary());
    versions.add(
        ModelStore.at(store)
            .publish(
                seeded.modelName(),
                result.spec(),
                result.judged(),
                new Provenance("files", "a measurement", 1, "any", Instant.EPOCH),
                Map.of(),
                Map.of()));
    return result.spec();
  }

  private void run() throws Exception {
    Swapped lived = swapped(new Way("lived", SwapPolicy.CARRY, 0), true);
    System.out.printf("%-12s %s%n", "horizon", ((Head.Forecast) spec.head()).horizons());
    print("lived, MAE", lived.errors());
    System.out.println("lived, coverage " + Arrays.toString(lived.coverage()));
    for (Way way :
        List.of(
            new Way("rewarm 16", SwapPolicy.REWARM, 16),
            new Way("rewarm 32", SwapPolicy.REWARM, 32),
            new Way("rewarm 64", SwapPolicy.REWARM, 64),
            new Way("rewarm 128", SwapPolicy.REWARM, 128),
            new Way("carry", SwapPolicy.CARRY, 0),
            new Way("reset", SwapPolicy.RESET, 0))) {
      Swapped found = swapped(way, false);
      printOff(way.name(), found, lived);
      print(way.name(), ratios(found.errors(), lived.errors()));
      System.out.println(way.name() + ", coverage " + Arrays.toString(found.coverage()));
    }
  }

  /** How far the first medians lie from those of keys that lived under the version. */
  private static void printOff(String name, Swapped found, Swapped lived) {
    for (int horizon = 0; horizon < lived.errors().length; horizon++) {
      double sum = 0;
      double most = 0;
      for (int swap = 0; swap < found.firsts().size(); swap++) {
        double off =
            Math.abs(found.firsts().get(swap)[horizon] - lived.firsts().get(swap)[horizon]);
        sum += off;
        most = Math.max(most, off);
      }
      double error = lived.errors()[horizon][0];
      System.out.printf(
          "%-12s %d:  off by %.5f, at most %.5f of the error%n",
          name, horizon, sum / found.firsts().size() / error, most / error);
    }
  }

  private static double[][] ratios(double[][] errors, double[][] lived) {
    for (int horizon = 0; horizon < errors.length; horizon++) {
      for (int n = 0; n < FIRST.length; n++) {
        errors[horizon][n] /= lived[horizon][n];
      }
    }
    return errors;
  }

  private static void print(String name, double[][] errors) {
    for (int horizon = 0; horizon < errors.length; horizon++) {
      StringBuilder line = new StringBuilder(String.format("%-12s %d:", name, horizon));
      for (int n = 0; n < FIRST.length; n++) {
        line.append(String.format("  first %d %.4f", FIRST[n], errors[horizon][n]));
      }
      System.out.println(line);
    }
  }

  private Swapped swapped(Way way, boolean lived) throws Exception {
    List<double[]> firsts = new ArrayList<>();
    double[][] held = new double[2][((Head.Forecast) spec.head()).horizons().size()]; // of how many
    int horizons = ((Head.Forecast) spec.head()).horizons().size();
    double[][] sums = new double[horizons][FIRST.length];
    double[][] counts = new double[horizons][FIRST.length];
    Parts parts = Parts.of(deployment.training().split(), history, deployment.training().seed());
    for (String name : history.keys()) {
      KeyHistory key = history.read(name);
      int from = 0;
      while (from < key.length() && parts.of(name, key.time(from)) != Part.TEST) {
        from++;
      }
      for (int swap = 0; swap < SWAPS; swap++) {
        int row = from + swap * (key.length() - MOST - from) / SWAPS;
        if (from > 0 && key.length() - MOST > from) {
          List<Prediction> predictions = predicted(key, row, way, lived);
          add(key, row, predictions, sums, counts);
          cover(key, row, predictions, held);
          firsts.add(medians(predictions.get(0)));
        }
      }
    }
    for (int horizon = 0; horizon < horizons; horizon++) {
      for (int n = 0; n < FIRST.length; n++) {
        sums[horizon][n] /= counts[horizon][n];
      }
    }
    for (int horizon = 0; horizon < horizons; horizon++) {
      held[0][horizon] /= held[1][horizon];
    }
    return new Swapped(sums, firsts, held[0]);
  }

  private void cover(KeyHistory key, int row, List<Prediction> predictions, double[][] held) {
    Head.Forecast head = (Head.Forecast) spec.head();
    int quantiles = head.quantiles().size();
    for (int i = 0; i < Math.min(MOST, predictions.size()); i++) {
      for (int horizon = 0; horizon < head.horizons().size(); horizon++) {
        double actual = actual(key, row + i + head.horizons().get(horizon));
        double[] values = predictions.get(i).values();
        if (Double.isFinite(actual)) {
          boolean within =
              values[horizon * quantiles] <= actual
                  && actual <= values[(horizon + 1) * quantiles - 1];
          held[0][horizon] += within ? 1 : 0;
          held[1][horizon]++;
        }
      }
    }
  }

  private double actual(KeyHistory key, int row) {
    return row < key.length()
        ? key.inputs().get(row).numeric()[spec.input().targetIndex(0)]
        : Double.NaN;
  }

  /** [horizons] of the first target. */
  private double[] medians(Prediction prediction) {
    Head.Forecast head = (Head.Forecast) spec.head();
    double[] medians = new double[head.horizons().size()];
    for (int horizon = 0; horizon < medians.length; horizon++) {
      int at = horizon * head.quantiles().size() + head.quantiles().indexOf(0.5);
      medians[horizon] = prediction.values()[at];
    }
    return medians;
  }

  private List<Prediction> predicted(KeyHistory key, int row, Way way, boolean lived)
      throws Exception {
    List<Announcement> timeline =
        lived
            ? List.of(announcement(1, Long.MIN_VALUE, way))
            : List.of(announcement(0, Long.MIN_VALUE, way), announcement(1, key.time(row), way));
    List<Prediction> predictions = new ArrayList<>();
    try (OfflinePredictor predictor = new OfflinePredictor(settings(way), timeline)) {
      predictor.predict(
          HistoryEvents.of(key).iterator(),
          (observation, prediction) -> {
            if (prediction != null && observation.time() >= key.time(row)) {
              predictions.add(prediction);
            }
          });
    }
    return predictions;
  }

  private void add(
      KeyHistory key, int row, List<Prediction> predictions, double[][] sums, double[][] counts) {
    Head.Forecast head = (Head.Forecast) spec.head();
    for (int i = 0; i < Math.min(MOST, predictions.size()); i++) {
      double[] said = medians(predictions.get(i));
      for (int horizon = 0; horizon < head.horizons().size(); horizon++) {
        double actual = actual(key, row + i + head.horizons().get(horizon));
        for (int n = 0; n < FIRST.length && Double.isFinite(actual); n++) {
          if (i < FIRST[n]) {
            sums[horizon][n] += Math.abs(said[horizon] - actual);
            counts[horizon][n]++;
          }
        }
      }
    }
  }

  private Announcement announcement(int version, long from, Way way) {
    PublishedModel model = versions.get(version);
    return new Announcement(
        "announcement " + version,
        model.id().toString(),
        from,
        way.policy().configName(),
        model.digest(),
        store.toString());
  }

  private PredictSettings settings(Way way) {
    return new PredictSettings(
        new VersionSettings(
            deployment.modelName(), "models", deployment.observationSchema(), EngineKind.SIMD),
        "observations",
        256,
        1,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        way.steps());
  }
}
