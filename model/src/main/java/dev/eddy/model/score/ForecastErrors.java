package dev.eddy.model.score;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Running sums of the errors of forecasts of one target at one horizon. */
final class ForecastErrors {
  private final double[] levels; // [quantiles] shared
  private final int median;
  private final long[] below; // [quantiles] actuals at or below
  private final double[] naive; // [naive] absolute errors
  private long count;
  private double absolute;
  private double squared;
  private double symmetric;
  private double pinball;
  private double interval;
  private long covered;

  /**
   * No errors yet.
   *
   * @param levels [quantiles] kept, not copied
   * @param median index of the median among them
   * @param naive how many naive forecasters there are
   */
  ForecastErrors(double[] levels, int median, int naive) {
    this.levels = levels;
    this.median = median;
    this.below = new long[levels.length];
    this.naive = new double[naive];
  }

  long count() {
    return count;
  }

  /**
   * Adds one forecast.
   *
   * @param values [offset + quantiles + naive] quantiles, then what the naive forecasters said
   */
  void add(double actual, double[] values, int offset) {
    double forecast = values[offset + median];
    double error = Math.abs(actual - forecast);
    double size = Math.abs(actual) + Math.abs(forecast);
    count++;
    absolute += error;
    squared += error * error;
    symmetric += size == 0 ? 0 : 200 * error / size;
    for (int quantile = 0; quantile < levels.length; quantile++) {
      double above = actual - values[offset + quantile];
      pinball += Math.max(levels[quantile] * above, (levels[quantile] - 1) * above) / levels.length;
      below[quantile] += above <= 0 ? 1 : 0;
    }
    addInterval(actual, values[offset], values[offset + levels.length - 1]);
    for (int each = 0; each < naive.length; each++) {
      naive[each] += Math.abs(actual - values[offset + levels.length + each]);
    }
  }

  private void addInterval(double actual, double low, double high) {
    double outside = Math.max(0, Math.max(low - actual, actual - high));
    covered += outside > 0 ? 0 : 1;
    interval += high - low + 2 / (1 - nominal()) * outside;
  }

  private double nominal() {
    return levels[levels.length - 1] - levels[0];
  }

  void add(ForecastErrors other) {
    count += other.count;
    absolute += other.absolute;
    squared += other.squared;
    symmetric += other.symmetric;
    pinball += other.pinball;
    interval += other.interval;
    covered += other.covered;
    for (int quantile = 0; quantile < below.length; quantile++) {
      below[quantile] += other.below[quantile];
    }
    for (int each = 0; each < naive.length; each++) {
      naive[each] += other.naive[each];
    }
  }

  /**
   * The score of one key.
   *
   * @param scale the key's in-sample seasonal naive MAE; not above 0 where it has none
   */
  ForecastScore score(String key, ForecastCriteria.Target target, int horizon, double scale) {
    return score(key, target, horizon, scaled(scale));
  }

  /** Scaled mean absolute errors, [1 + naive]: the model's, then those of the naive forecasters. */
  double[] scaled(double scale) {
    double unit = scale > 0 ? scale : Double.NaN;
    double[] scaled = new double[1 + naive.length];
    scaled[0] = absolute / count / unit;
    for (int each = 0; each < naive.length; each++) {
      scaled[1 + each] = naive[each] / count / unit;
    }
    return scaled;
  }

  /**
   * The score of all keys, whose errors these are the sum of.
   *
   * @param keys each key's {@link #scaled} errors
   */
  ForecastScore pooled(ForecastCriteria.Target target, int horizon, List<double[]> keys) {
    double[] scaled = new double[1 + naive.length];
    for (int each = 0; each < scaled.length; each++) {
      int at = each;
      scaled[each] = mean(keys.stream().mapToDouble(key -> key[at]));
    }
    return score(ForecastScore.ALL, target, horizon, scaled);
  }

  private static double mean(DoubleStream mases) {
    return mases.filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private ForecastScore score(
      String key, ForecastCriteria.Target target, int horizon, double[] scaled) {
    boolean hasInterval = levels.length > 1;
    return new ForecastScore(
        key,
        target.name(),
        horizon,
        count,
        absolute / count,
        Math.sqrt(squared / count),
        symmetric / count,
        scaled[0],
        pinball / count,
        hasInterval ? (double) covered / count : Double.NaN,
        hasInterval ? nominal() : Double.NaN,
        hasInterval ? interval / count : Double.NaN,
        coverages(),
        beside(target, scaled));
  }

  private List<LevelCoverage> coverages() {
    return IntStream.range(0, levels.length)
        .mapToObj(each -> new LevelCoverage(levels[each], (double) below[each] / count))
        .toList();
  }

  private List<NaiveScore> beside(ForecastCriteria.Target target, double[] scaled) {
    List<String> names = target.naiveNames();
    return IntStream.range(0, naive.length)
        .mapToObj(each -> new NaiveScore(names.get(each), naive[each] / count, scaled[1 + each]))
        .toList();
  }
}
