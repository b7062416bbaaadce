package dev.eddy.model.training;

import java.util.List;
import java.util.Map;

/**
 * How well a model did on the held-back part, beside the naive ways. One of the two lists is empty.
 *
 * @param forecasts one for each key and horizon, then one for each horizon over all keys
 * @param classes one for each key, then one over all keys
 */
public record Evaluation(List<ForecastScore> forecasts, List<ClassScore> classes) {
  /** The key under which the scores over all keys stand. */
  public static final String ALL_KEYS = "*";

  /** No test part. */
  static Evaluation none() {
    return new Evaluation(List.of(), List.of());
  }

  public Evaluation {
    forecasts = List.copyOf(forecasts);
    classes = List.copyOf(classes);
  }

  /**
   * Errors of one key's forecasts at one horizon; the target's unit.
   *
   * @param key the series key, or {@link #ALL_KEYS}
   * @param horizon observations (or intervals) ahead
   * @param scored forecasts whose target was observed in the period scored
   * @param mae mean absolute error of the median
   * @param persistenceMae of the last value carried forward
   * @param seasonalNaiveMae of the value one season ago; NaN without a season
   * @param coverage80 share of actuals between the quantiles 0.1 and 0.9; NaN without these
   */
  public record ForecastScore(
      String key,
      int horizon,
      long scored,
      double mae,
      double persistenceMae,
      double seasonalNaiveMae,
      double coverage80) {}

  /**
   * Agreement of one key's classes with its labels.
   *
   * @param key the series key, or {@link #ALL_KEYS}
   * @param scored observations with a label
   * @param accuracy share of right classes
   * @param macroF1 mean F1 of the labels that occur or are predicted
   * @param f1 F1 of each label
   * @param majorityAccuracy of always saying the training part's commonest label
   * @param previousLabelAccuracy of repeating the key's label before
   */
  public record ClassScore(
      String key,
      long scored,
      double accuracy,
      double macroF1,
      Map<String, Double> f1,
      double majorityAccuracy,
      double previousLabelAccuracy) {
    public ClassScore {
      f1 = Map.copyOf(f1);
    }
  }
}
