package dev.eddy.model.fit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds the seasons of a target. Hourly observations have a day and a week, daily ones a week; for
 * any other distance the autocorrelation decides.
 */
public final class Seasons {
  /** How many keys are looked at. */
  public static final int KEYS = 20;

  /** How many rows of a key are looked at. */
  public static final int ROWS = 50_000;

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
   * Adds a key's target.
   *
   * @param values in time order, NaN where unobserved
   */
  public void add(float[] values) {
    int length = values.length;
    double mean = 0;
    int observed = 0;
    for (int i = 0; i < length; i++) {
      if (Float.isFinite(values[i])) {
        mean += values[i];
        observed++;
      }
    }
    mean /= Math.max(1, observed);
    double[] centred = new double[length]; // an unobserved value counts as the mean
    double variance = 0;
    for (int i = 0; i < length; i++) {
      centred[i] = Float.isFinite(values[i]) ? values[i] - mean : 0;
      variance += centred[i] * centred[i];
    }
    if (variance <= 0) {
      return;
    }
    for (int lag = 1; lag <= Math.min(LONGEST, length / 3); lag++) {
      double product = 0;
      for (int i = lag; i < length; i++) {
        product += centred[i] * centred[i - lag];
      }
      correlation[lag] += product / variance;
      keys[lag]++;
    }
  }

  /** The lag of the highest peak past the first trough, if it is strong; else none. */
  public List<Integer> find() {
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
