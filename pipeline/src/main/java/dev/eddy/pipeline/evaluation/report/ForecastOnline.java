package dev.eddy.pipeline.evaluation.report;

import java.util.OptionalDouble;

/**
 * How a version's forecasts of a target at a horizon turned out.
 *
 * @param count how many were scored
 * @param squares mean square of the errors
 * @param interval empty where there is one quantile alone
 * @param early of a key's first predictions after a swap; empty where there are none
 */
public record ForecastOnline(
    String target,
    int horizon,
    long count,
    double mae,
    double squares,
    double pinball,
    Interval interval,
    double persistenceMae,
    double persistenceSquares,
    Early early) {

  /**
   * The interval between the outermost quantiles.
   *
   * @param coverage the share of actuals within it
   * @param nominal the share that is promised; 0 where there is no interval
   */
  public record Interval(double coverage, double nominal, double width) {}

  /** A key's first predictions after a swap. */
  public record Early(long count, double mae, double coverage) {}

  /** The same of two stretches of time together. */
  ForecastOnline with(ForecastOnline other) {
    return new ForecastOnline(
        target,
        horizon,
        count + other.count,
        mean(mae, other.mae, other),
        mean(squares, other.squares, other),
        mean(pinball, other.pinball, other),
        new Interval(
            mean(interval.coverage, other.interval.coverage, other),
            interval.nominal,
            mean(interval.width, other.interval.width, other)),
        mean(persistenceMae, other.persistenceMae, other),
        mean(persistenceSquares, other.persistenceSquares, other),
        early(other.early));
  }

  private double mean(double own, double others, ForecastOnline other) {
    return Means.of(own, count, others, other.count);
  }

  private Early early(Early other) {
    return new Early(
        early.count + other.count,
        Means.of(early.mae, early.count, other.mae, other.count),
        Means.of(early.coverage, early.count, other.coverage, other.count));
  }

  /** Share of actuals within the interval; empty where there is none. */
  public OptionalDouble coverage() {
    return interval.nominal > 0 ? OptionalDouble.of(interval.coverage) : OptionalDouble.empty();
  }
}
