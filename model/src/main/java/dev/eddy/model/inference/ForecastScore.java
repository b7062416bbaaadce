package dev.eddy.model.inference;

/**
 * How good the forecasts of a key were at one horizon, beside the naive ones of the same targets.
 *
 * @param key the series key; {@value #ALL} for all keys together
 * @param horizon h
 * @param count scored forecasts
 * @param mae mean absolute error of the median
 * @param persistenceMae that of the last value carried forward
 * @param seasonalNaiveMae that of the value one season ago
 * @param coverage share of actuals within the outermost quantiles
 * @param nominalCoverage what {@code coverage} would be, were the quantiles true
 * @param smape mean of 200 |a - f| / (|a| + |f|), percent
 * @param rmse root mean squared error of the median
 * @param pinball mean pinball loss over all quantiles
 */
public record ForecastScore(
    String key,
    int horizon,
    long count,
    double mae,
    double persistenceMae,
    double seasonalNaiveMae,
    double coverage,
    double nominalCoverage,
    double smape,
    double rmse,
    double pinball) {
  /** Stands for all keys together. */
  public static final String ALL = "*";
}
