package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts answers by their true labels; every figure of a classification follows from it. */
final class Confusion {
  private final Map<String, Map<String, Long>> counts = new TreeMap<>(); // by truth, then answer
  private long count;
  private long right;

  void add(String truth, String answer) {
    add(truth, answer, 1);
  }

  private void add(String truth, String answer, long times) {
    count += times;
    right += truth.equals(answer) ? times : 0;
    counts.computeIfAbsent(truth, unknown -> new TreeMap<>()).merge(answer, times, Long::sum);
  }

  void add(Confusion other) {
    other.counts.forEach(
        (truth, answers) -> answers.forEach((answer, times) -> add(truth, answer, times)));
  }

  long count() {
    return count;
  }

  double accuracy() {
    return count == 0 ? 0 : (double) right / count;
  }

  double macroF1() {
    return labels(List.of()).stream().mapToDouble(LabelScore::f1).average().orElse(0);
  }

  /**
   * Every label that occurred or was answered.
   *
   * @param first labels in the order in which they come first; others follow by name
   */
  List<LabelScore> labels(List<String> first) {
    Set<String> found = new TreeSet<>(counts.keySet());
    counts.values().forEach(answers -> found.addAll(answers.keySet()));
    Set<String> ordered = new LinkedHashSet<>(first);
    ordered.retainAll(found);
    ordered.addAll(found);
    List<LabelScore> scores = new ArrayList<>();
    ordered.forEach(label -> scores.add(label(label)));
    return scores;
  }

  private LabelScore label(String label) {
    long hits = times(label, label);
    long occurred =
        counts.getOrDefault(label, Map.of()).values().stream().mapToLong(Long::longValue).sum();
    long answered = counts.keySet().stream().mapToLong(truth -> times(truth, label)).sum();
    return new LabelScore(
        label,
        answered == 0 ? 0 : (double) hits / answered,
        occurred == 0 ? 0 : (double) hits / occurred,
        2.0 * hits / (occurred + answered),
        occurred);
  }

  private long times(String truth, String answer) {
    return counts.getOrDefault(truth, Map.of()).getOrDefault(answer, 0L);
  }

  /** Counts by truth, then by answer, both in the order of {@code labels}; every one is there. */
  Map<String, Map<String, Long>> table(List<String> labels) {
    Map<String, Map<String, Long>> table = new LinkedHashMap<>();
    for (String truth : labels) {
      Map<String, Long> row = new LinkedHashMap<>();
      labels.forEach(answer -> row.put(answer, times(truth, answer)));
      table.put(truth, row);
    }
    return table;
  }
}
