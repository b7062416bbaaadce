package dev.eddy.model.score;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Figures of how good the forecasts of one target of a key were at one horizon, beside the naive
 * ones of the same targets. One that cannot be known is NaN.
 *
 * @param key the series key; {@value #ALL} for all keys together
 * @param target name of the feature that is forecast
 * @param horizon h; {@value #ALL_HORIZONS} for the mean over all horizons
 * @param count scored forecasts
 * @param mae mean absolute error of the median
 * @param rmse root mean squared error of the median
 * @param smape mean of 200 |a - f| / (|a| + |f|), percent
 * @param mase mean absolute scaled error (Hyndman &amp; Koehler 2006): {@code mae} divided by the
 *     key's mean |y[t] - y[t-P]| over its targets before the first scored one; for all keys the
 *     mean over those that have one
 * @param pinball mean pinball loss over all quantiles
 * @param coverage share of actuals within the outermost quantiles
 * @param nominalCoverage what {@code coverage} would be, were the quantiles true
 * @param winkler mean interval score of the outermost quantiles (Winkler 1972): their distance, and
 *     2 / (1 - nominal) times how far the actual lies outside
 * @param levels coverage of every quantile by itself, ascending
 * @param naive the naive forecasters: persistence, every season's, and the model's baseline where
 *     it is another
 */
public record ForecastScore(
    String key,
    String target,
    int horizon,
    long count,
    double mae,
    double rmse,
    double smape,
    double mase,
    double pinball,
    double coverage,
    double nominalCoverage,
    double winkler,
    List<LevelCoverage> levels,
    List<NaiveScore> naive) {
  /** Stands for all keys together. */
  public static final String ALL = "*";

  /** Stands for the mean over all horizons. */
  public static final int ALL_HORIZONS = 0;

  public ForecastScore {
    levels = List.copyOf(levels);
    naive = List.copyOf(naive);
  }

  /** Whether it is of all keys together. */
  public boolean isPooled() {
    return key.equals(ALL);
  }

  /**
   * The naive forecaster of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NaiveScore naive(String name) {
    return naive.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("naive forecaster: " + name + " (must be scored)"));
  }

  /** The mean absolute error of the last value carried forward. */
  public double persistenceMae() {
    return naive(NaiveForecaster.PERSISTENCE).mae();
  }

  /** The same without the figures that have the target's unit. */
  ForecastScore freeOfScale() {
    return new ForecastScore(
        key,
        target,
        horizon,
        count,
        Double.NaN,
        Double.NaN,
        smape,
        mase,
        Double.NaN,
        coverage,
        nominalCoverage,
        Double.NaN,
        levels,
        naive.stream().map(each -> new NaiveScore(each.name(), Double.NaN, each.mase())).toList());
  }

  /**
   * The mean of the figures of one key and target over its horizons, each of the same weight;
   * {@code count} is their sum.
   *
   * @param horizons one or more, of the same key and target
   */
  public static ForecastScore mean(List<ForecastScore> horizons) {
    ForecastScore first = horizons.get(0);
    return new ForecastScore(
        first.key,
        first.target,
        ALL_HORIZONS,
        horizons.stream().mapToLong(ForecastScore::count).sum(),
        mean(horizons, ForecastScore::mae),
        mean(horizons, ForecastScore::rmse),
        mean(horizons, ForecastScore::smape),
        mean(horizons, ForecastScore::mase),
        mean(horizons, ForecastScore::pinball),
        mean(horizons, ForecastScore::coverage),
        first.nominalCoverage,
        mean(horizons, ForecastScore::winkler),
        meanLevels(horizons),
        meanNaive(horizons));
  }

  private static List<LevelCoverage> meanLevels(List<ForecastScore> horizons) {
    List<LevelCoverage> first = horizons.get(0).levels;
    return IntStream.range(0, first.size())
        .mapToObj(
            at ->
                new LevelCoverage(
                    first.get(at).level(), mean(horizons, each -> each.levels.get(at).observed())))
        .toList();
  }

  private static List<NaiveScore> meanNaive(List<ForecastScore> horizons) {
    List<NaiveScore> first = horizons.get(0).naive;
    return IntStream.range(0, first.size())
        .mapToObj(
            at ->
                new NaiveScore(
                    first.get(at).name(),
                    mean(horizons, each -> each.naive.get(at).mae()),
                    mean(horizons, each -> each.naive.get(at).mase())))
        .toList();
  }

  private static double mean(List<ForecastScore> horizons, ToDoubleFunction<ForecastScore> figure) {
    return horizons.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
