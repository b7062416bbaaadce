package dev.eddy.model.fit;

/** Mean, standard deviation and skew of a stream of numbers, in one pass (Terriberry 2007). */
final class Moments {
  private static final double LEAST_DEVIATION = 1e-13; // of the mean: doubles hold no less

  private long count;
  private double mean;
  private double second;
  private double third;
  private double minimum = Double.POSITIVE_INFINITY;

  void add(double value) {
    long before = count++;
    double delta = value - mean;
    double step = delta / count;
    double term = delta * step * before;
    mean += step;
    third += term * step * (count - 2) - 3 * step * second;
    second += term;
    minimum = Math.min(minimum, value);
  }

  long count() {
    return count;
  }

  /** 0 of nothing. */
  double mean() {
    return mean;
  }

  /** 1 where nothing varies, so that it may divide. */
  double deviation() {
    double deviation = Math.sqrt(second / Math.max(1, count));
    return deviation > LEAST_DEVIATION * Math.abs(mean) && deviation > Float.MIN_NORMAL
        ? deviation
        : 1;
  }

  /** 0 where nothing varies. */
  double skew() {
    return second > 0 ? Math.sqrt((double) count) * third / Math.pow(second, 1.5) : 0;
  }

  /** Whether there was a value and none was below 0. */
  boolean isNonNegative() {
    return count > 0 && minimum >= 0;
  }
}
