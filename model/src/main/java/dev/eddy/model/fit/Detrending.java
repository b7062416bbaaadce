package dev.eddy.model.fit;

import java.util.Arrays;

/**
 * Takes from a series what is not its season, so that the season alone is left to be looked at: its
 * straight line, its level over a window, and the height of what stands out. Unobserved values are
 * NaN and stay so.
 */
final class Detrending {
  private static final double FAR = 5; // deviations
  private static final double TO_DEVIATION = 1.4826; // of the median distance of normal values
  private static final int ODD_ONES = 500; // of so many values one may stand out
  private static final int AROUND = 3; // values on either side
  private static final int SCALED_BY = 3; // windows
  private static final double LEAST_SCALE = 0.25; // of the mean
  private static final double NOTHING = 1e-13; // of the values' size, what rounding leaves

  private Detrending() {}

  /** The values without lone ones that lie far from those around them: these become NaN. */
  static double[] clean(double[] values) {
    double[] distances = new double[values.length];
    double[] around = new double[2 * AROUND + 1];
    for (int i = 0; i < values.length; i++) {
      int count = 0;
      for (int near = Math.max(0, i - AROUND);
          near <= Math.min(values.length - 1, i + AROUND);
          near++) {
        if (!Double.isNaN(values[near])) {
          around[count++] = values[near];
        }
      }
      Arrays.sort(around, 0, count);
      distances[i] = count == 0 ? Double.NaN : values[i] - around[count / 2];
    }
    double limit = limit(distances);
    double[] clean = values.clone();
    for (int i = 0; i < values.length; i++) {
      clean[i] = Math.abs(distances[i]) > limit ? Double.NaN : values[i];
    }
    return clean;
  }

  /** The distances from the straight line through all values; all NaN where none is left. */
  static double[] line(double[] values) {
    double[] sums = new double[5]; // n, i, value, i * i, i * value
    double first =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).findFirst().orElse(0);
    double size = 0;
    double middle = (values.length - 1) / 2.0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        double at = i - middle;
        sums[0]++;
        sums[1] += at;
        sums[2] += values[i] - first;
        sums[3] += at * at;
        sums[4] += at * (values[i] - first);
        size = Math.max(size, Math.abs(values[i]));
      }
    }
    double spread = sums[3] - sums[1] * sums[1] / sums[0];
    double slope = spread > 0 ? (sums[4] - sums[1] * sums[2] / sums[0]) / spread : 0;
    double level = (sums[2] - slope * sums[1]) / sums[0];
    double[] left = new double[values.length];
    boolean anything = false;
    for (int i = 0; i < values.length; i++) {
      left[i] = values[i] - first - level - slope * (i - middle);
      anything |= Math.abs(left[i]) > NOTHING * size;
    }
    if (!anything) {
      Arrays.fill(left, Double.NaN);
    }
    return left;
  }

  /**
   * The distances from the mean over {@code window} values around each, those at the ends from the
   * first and the last mean; in units of how large they are thereabouts, and lone ones that stand
   * out lowered to the others' height. A season as long as the window is left whole.
   */
  static double[] level(double[] values, int window) {
    double[] left = around(values, window);
    for (int i = 0; i < values.length; i++) {
      left[i] = values[i] - left[i];
    }
    double[] sizes = new double[values.length];
    Arrays.setAll(sizes, i -> Math.abs(left[i]));
    double[] local = around(sizes, SCALED_BY * window);
    double least = LEAST_SCALE * Arrays.stream(sizes).filter(Double::isFinite).average().orElse(0);
    for (int i = 0; i < values.length && least > 0; i++) {
      left[i] /= Math.max(least, local[i]);
    }
    return lowered(left);
  }

  /** The mean over {@code window} values around each; NaN where none is observed. */
  private static double[] around(double[] values, int window) {
    double[] sums = new double[values.length + 1];
    int[] counts = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      boolean observed = !Double.isNaN(values[i]);
      sums[i + 1] = sums[i] + (observed ? values[i] : 0);
      counts[i + 1] = counts[i] + (observed ? 1 : 0);
    }
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, Math.min(values.length - window, i - window / 2));
      int to = Math.min(values.length, from + window);
      means[i] = (sums[to] - sums[from]) / (counts[to] - counts[from]);
    }
    return means;
  }

  private static double[] lowered(double[] values) {
    double limit = limit(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-limit, Math.min(limit, values[i]));
    }
    return values;
  }

  /** How high values rise, but for the few that stand out. */
  private static double limit(double[] values) {
    double[] heights =
        Arrays.stream(values)
            .filter(value -> !Double.isNaN(value))
            .map(Math::abs)
            .sorted()
            .toArray();
    if (heights.length == 0) {
      return 0;
    }
    int odd = 3 + heights.length / ODD_ONES;
    double others = heights[Math.max(heights.length / 2, heights.length - 1 - odd)];
    return Math.max(others, FAR * TO_DEVIATION * heights[heights.length / 2]);
  }

  /** What is left of a series without its season: the mean of each phase is taken off. */
  static double[] season(double[] values, int season) {
    double[] level = around(values, season);
    double[] sums = new double[season];
    int[] counts = new int[season];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        sums[i % season] += values[i] - level[i];
        counts[i % season]++;
      }
    }
    double[] left = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      left[i] = values[i] - (counts[i % season] == 0 ? 0 : sums[i % season] / counts[i % season]);
    }
    return left;
  }
}
