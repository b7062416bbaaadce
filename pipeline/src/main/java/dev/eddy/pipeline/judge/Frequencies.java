package dev.eddy.pipeline.judge;

import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says of a class what anyone could: how often it has been. One more of each, and of one not seen,
 * is added, so that nothing is impossible.
 *
 * @param counts of each label, outside what is judged
 */
record Frequencies(Map<String, Long> counts) {
  static Frequencies of(History history, Unseen judged) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String key : history.keys()) {
      KeyHistory of = history.read(key);
      for (int row = 0; row < of.length(); row++) {
        String label = of.labels()[row];
        if (label != null && !judged.holds(key, of.time(row))) {
          counts.merge(label, 1L, Long::sum);
        }
      }
    }
    return new Frequencies(counts);
  }

  double probability(String label) {
    double all = counts.values().stream().mapToLong(Long::longValue).sum() + counts.size() + 1.0;
    return (counts.getOrDefault(label, 0L) + 1) / all;
  }

  /** The most frequent one; {@code otherwise} where there is none. */
  String majority(String otherwise) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(otherwise);
  }
}
