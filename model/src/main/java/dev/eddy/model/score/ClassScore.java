package dev.eddy.model.score;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of how good the classifications of a key were, beside what anyone could say without a
 * model.
 *
 * @param key the series key; {@link ForecastScore#ALL} for all keys together
 * @param count scored observations
 * @param accuracy share of observations whose most probable label was right
 * @param macroF1 mean F1 of {@code labels}
 * @param labels each label that occurred or was answered, in the model's order, then any others
 * @param confusion observations by their true label, then by the answer; labels as in {@code
 *     labels}
 * @param majority always saying the training part's most frequent label
 * @param previous repeating the key's last known label, were it known in time
 */
public record ClassScore(
    String key,
    long count,
    double accuracy,
    double macroF1,
    List<LabelScore> labels,
    Map<String, Map<String, Long>> confusion,
    NaiveClassScore majority,
    NaiveClassScore previous) {

  public ClassScore {
    labels = List.copyOf(labels);
    Map<String, Map<String, Long>> copy = new LinkedHashMap<>();
    confusion.forEach(
        (truth, answers) ->
            copy.put(truth, Collections.unmodifiableMap(new LinkedHashMap<>(answers))));
    confusion = Collections.unmodifiableMap(copy);
  }

  /** Whether it is of all keys together. */
  public boolean isPooled() {
    return key.equals(ForecastScore.ALL);
  }

  /**
   * The score of one label.
   *
   * @throws IllegalArgumentException if it neither occurred nor was answered
   */
  LabelScore label(String name) {
    return labels.stream()
        .filter(each -> each.label().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("label: " + name + " (must be scored)"));
  }
}
