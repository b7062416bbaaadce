package dev.eddy.model.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * The autocorrelation of several series, taken together and apart, over the level of a window.
 *
 * @param correlations [lags] the mean over the series that are long enough
 * @param pairs [lags] of how many observed pairs of one series, the mean
 * @param each series' own, those that are long enough
 * @param values of one series, the mean
 */
record Likeness(double[] correlations, double[] pairs, List<Autocorrelation> each, double values) {
  private static final int LEAST_CYCLES = 3;

  /**
   * Of the series that hold at least three windows.
   *
   * @param longest lag; less where no series is so long
   */
  static Likeness of(List<double[]> series, int window, int longest) {
    List<Autocorrelation> each = new ArrayList<>();
    double rows = 0;
    int most = 0;
    for (double[] values : series) {
      if (values.length >= LEAST_CYCLES * window) {
        Autocorrelation own =
            Autocorrelation.of(
                Detrending.level(values, window), Math.min(longest, values.length - window));
        if (own.correlations()[0] > 0) {
          each.add(own);
          rows += values.length;
          most = Math.max(most, own.correlations().length);
        }
      }
    }
    return new Likeness(
        mean(each.stream().map(Autocorrelation::correlations).toList(), most),
        mean(each.stream().map(Autocorrelation::pairs).toList(), most),
        each,
        rows / Math.max(1, each.size()));
  }

  /** One series of them by itself. */
  Likeness alone(Autocorrelation own) {
    return new Likeness(own.correlations(), own.pairs(), List.of(own), values);
  }

  /**
   * The mean correlation of values one lag apart, two, three, up to so many, each with the weight
   * of how many pairs it is of.
   */
  double repeated(int lag, int most) {
    double sum = 0;
    for (int repeat = 1; repeat <= repeats(lag, most); repeat++) {
      sum += pairs[repeat * lag] * correlations[repeat * lag];
    }
    return sum / Math.max(1, pairs(lag, most));
  }

  /** Of how many pairs of one series {@link #repeated} is the mean. */
  double pairs(int lag, int most) {
    double sum = 0;
    for (int repeat = 1; repeat <= repeats(lag, most); repeat++) {
      sum += pairs[repeat * lag];
    }
    return sum;
  }

  private int repeats(int lag, int most) {
    int within = Math.min((correlations.length - 1) / lag, (int) (values / lag) - 1);
    return Math.max(1, Math.min(most, within));
  }

  /** The correlation at a lag of the series in the middle, of those that reach so far. */
  double middle(int lag) {
    double[] sorted =
        each.stream()
            .map(Autocorrelation::correlations)
            .filter(own -> own.length > lag)
            .mapToDouble(own -> own[lag])
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }

  private static double[] mean(List<double[]> each, int lags) {
    double[] mean = new double[lags];
    for (int lag = 0; lag < lags; lag++) {
      int at = lag;
      mean[lag] =
          each.stream()
              .filter(own -> own.length > at)
              .mapToDouble(own -> own[at])
              .average()
              .orElse(0);
    }
    return mean;
  }
}
