package dev.eddy.model.fit;

import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the seasons of a target. Hourly observations have a day and a week, daily ones a week; for
 * any other distance the autocorrelation decides.
 */
public final class Seasons {
  private static final int KEYS = 20; // looked at, the longest
  private static final int ROWS = 50_000; // of a key, looked at
  private static final double STRONG = 0.3;
  private static final int LONGEST = 1000;

  private final double[] correlation = new double[LONGEST + 1]; // [lag] sums over keys
  private final int[] keys = new int[LONGEST + 1]; // [lag]

  /** The seasons that the distance of observations alone tells; empty: it tells none. */
  public static Optional<List<Integer>> ofGap(Duration gap) {
    if (isAbout(gap, Duration.ofHours(1))) {
      return Optional.of(List.of(24, 168));
    }
    if (isAbout(gap, Duration.ofDays(1))) {
      return Optional.of(List.of(7));
    }
    return Optional.empty();
  }

  private static boolean isAbout(Duration gap, Duration wanted) {
    return Math.abs(gap.toMillis() - wanted.toMillis()) <= wanted.toMillis() / 100;
  }

  /**
   * The seasons that the training part shows.
   *
   * @param keys that may train
   * @param feature the target's number among the numeric features
   */
  public static List<Integer> in(History history, Parts parts, List<String> keys, int feature)
      throws IOException {
    Seasons seasons = new Seasons();
    List<String> longest =
        keys.stream()
            .sorted((a, b) -> Integer.compare(history.length(b), history.length(a)))
            .limit(KEYS)
            .toList();
    for (String key : longest) {
      seasons.add(trainingValues(history.read(key), parts, feature));
    }
    return seasons.find();
  }

  private static double[] trainingValues(KeyHistory of, Parts parts, int feature) {
    double[] values = new double[of.length()];
    int length = 0;
    while (length < values.length && parts.of(of.key(), of.time(length)) == Part.TRAINING) {
      values[length] = of.inputs().get(length).numeric()[feature];
      length++;
    }
    return Arrays.copyOf(values, Math.min(length, ROWS));
  }

  /**
   * Adds a key's target.
   *
   * @param values in time order, NaN where unobserved
   */
  void add(double[] values) {
    double[] centred = centred(values);
    double variance = Arrays.stream(centred).map(value -> value * value).reduce(0, Double::sum);
    if (variance <= 0) {
      return;
    }
    for (int lag = 1; lag <= Math.min(LONGEST, centred.length / 3); lag++) {
      double product = 0;
      for (int i = lag; i < centred.length; i++) {
        product += centred[i] * centred[i - lag];
      }
      correlation[lag] += product / variance;
      keys[lag]++;
    }
  }

  /** Distances from the mean; an unobserved value counts as the mean. */
  private static double[] centred(double[] values) {
    double mean = 0;
    int observed = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        mean += value;
        observed++;
      }
    }
    mean /= Math.max(1, observed);
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = Double.isFinite(values[i]) ? values[i] - mean : 0;
    }
    return centred;
  }

  /** The lag of the highest peak past the first trough, if it is strong; else none. */
  List<Integer> find() {
    int lag = 1;
    while (lag < LONGEST && keys[lag + 1] > 0 && mean(lag + 1) < mean(lag)) {
      lag++;
    }
    int best = 0;
    for (int peak = lag + 1; peak < LONGEST && keys[peak + 1] > 0; peak++) {
      boolean isPeak = mean(peak) > mean(peak - 1) && mean(peak) >= mean(peak + 1);
      if (isPeak && mean(peak) > STRONG && (best == 0 || mean(peak) > mean(best))) {
        best = peak;
      }
    }
    return best == 0 ? List.of() : List.of(best);
  }

  private double mean(int lag) {
    return correlation[lag] / keys[lag];
  }
}
