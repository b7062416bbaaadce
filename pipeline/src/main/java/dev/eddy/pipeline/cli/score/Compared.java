package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.NaiveScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The model's error beside those of the naive forecasters: mean absolute errors or, of all keys
 * together where these differ in scale, the mean over keys of their errors relative to persistence.
 *
 * @param model its error
 * @param naive theirs by name
 * @param relative whether errors are relative
 */
record Compared(double model, Map<String, Double> naive, boolean relative) {

  /** Of a score whose keys are {@code keys}. */
  static Compared of(ForecastScore score, KeyScores keys) {
    if (!isRelative(score)) {
      Map<String, Double> naive = new LinkedHashMap<>();
      score.naive().forEach(each -> naive.put(each.name(), each.mae()));
      return new Compared(score.mae(), naive, false);
    }
    List<ForecastScore> comparable =
        keys.of(score).stream().filter(key -> key.persistenceMae() > 0).toList();
    Map<String, Double> naive =
        comparable.stream()
            .flatMap(
                key ->
                    key.naive().stream()
                        .map(
                            each ->
                                new NaiveScore(each.name(), each.mae() / key.persistenceMae(), 0)))
            .collect(
                Collectors.groupingBy(
                    NaiveScore::name,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(NaiveScore::mae)));
    double model =
        comparable.stream()
            .mapToDouble(key -> key.mae() / key.persistenceMae())
            .average()
            .orElse(Double.NaN);
    return new Compared(model, naive, true);
  }

  /** Whether a score has no error of its own to be compared. */
  static boolean isRelative(ForecastScore score) {
    return score.isPooled() && !Double.isFinite(score.mae());
  }

  /** Whether no key is left whose errors can be set beside persistence's. */
  boolean nothing() {
    return naive.isEmpty();
  }

  /** The name of the best naive forecaster; the first of equals. */
  String bestName() {
    return naive.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** The least error of a naive forecaster. */
  double best() {
    return naive.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  double of(String name) {
    return naive.getOrDefault(name, Double.NaN);
  }
}
