package dev.eddy.model.inference;

/** Running sums of the errors of forecasts at one horizon. */
final class ForecastErrors {
  long count;
  private double absolute;
  private double persistence;
  private double seasonal;
  private double squared;
  private double symmetric;
  private double pinball;
  private long covered;

  /**
   * Adds one forecast.
   *
   * @param values [offset + quantiles + 2] quantiles, persistence, seasonal naive
   */
  void add(float actual, float[] values, int offset, double[] quantiles, int median) {
    int outermost = offset + quantiles.length - 1;
    double error = Math.abs((double) actual - values[offset + median]);
    double size = Math.abs(actual) + Math.abs((double) values[offset + median]);
    count++;
    absolute += error;
    squared += error * error;
    symmetric += size == 0 ? 0 : 200 * error / size;
    persistence += Math.abs((double) actual - values[outermost + 1]);
    seasonal += Math.abs((double) actual - values[outermost + 2]);
    covered += values[offset] <= actual && actual <= values[outermost] ? 1 : 0;
    for (int quantile = 0; quantile < quantiles.length; quantile++) {
      double above = (double) actual - values[offset + quantile];
      pinball +=
          Math.max(quantiles[quantile] * above, (quantiles[quantile] - 1) * above)
              / quantiles.length;
    }
  }

  void add(ForecastErrors other) {
    count += other.count;
    absolute += other.absolute;
    persistence += other.persistence;
    seasonal += other.seasonal;
    squared += other.squared;
    symmetric += other.symmetric;
    pinball += other.pinball;
    covered += other.covered;
  }

  ForecastScore score(String key, int horizon, double[] quantiles) {
    return new ForecastScore(
        key,
        horizon,
        count,
        absolute / count,
        persistence / count,
        seasonal / count,
        (double) covered / count,
        quantiles[quantiles.length - 1] - quantiles[0],
        symmetric / count,
        Math.sqrt(squared / count),
        pinball / count);
  }
}
