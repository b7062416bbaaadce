package dev.eddy.model.fit;

import java.util.Arrays;

/**
 * Takes the lone value out of a series that repeats far off all others, such as -999 for missing:
 * of it, correlations would be those of the gaps.
 */
final class FarOff {
  private static final int LEAST_ROWS = 3;
  private static final double MOST = 0.2; // of the rows
  private static final int LEAST_OTHERS = 10; // distinct values
  private static final double FAR = 3; // times the spread of the others

  private FarOff() {}

  /** The values with NaN for such a one, below or above; the same array where there is none. */
  static double[] without(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double[] mirrored = new double[sorted.length];
    Arrays.setAll(mirrored, i -> -sorted[sorted.length - 1 - i]);
    if (isFar(sorted)) {
      return without(values, sorted[0]);
    }
    return isFar(mirrored) ? without(values, -mirrored[0]) : values;
  }

  private static double[] without(double[] values, double far) {
    return Arrays.stream(values).map(value -> value == far ? Double.NaN : value).toArray();
  }

  /** Whether the least value is one. */
  private static boolean isFar(double[] sorted) {
    int rows = 0;
    while (rows < sorted.length && sorted[rows] == sorted[0]) {
      rows++;
    }
    int others = sorted.length - rows;
    if (rows < LEAST_ROWS || rows > MOST * sorted.length) {
      return false;
    }
    double spread = sorted[rows + (int) (0.95 * (others - 1))] - sorted[rows + others / 20];
    return sorted[rows] - sorted[0] > FAR * spread
        && Arrays.stream(sorted, rows, sorted.length).distinct().limit(LEAST_OTHERS).count()
            == LEAST_OTHERS;
  }
}
