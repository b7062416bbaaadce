package dev.eddy.pipeline.state;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts keys by the model that made their states, so that nobody must look at every key to know
 * which models are needed. One subtask's counts may be below 0 after the job was rescaled, since
 * they go where keys need not go; summed over subtasks they are right. One thread counts, any may
 * read.
 */
public final class KeyCounts {
  private final Map<ExactModel, Long> counts = new ConcurrentHashMap<>();

  /** Counts so many keys more, or fewer, of a model. */
  public void add(ExactModel model, long keys) {
    counts.merge(model, keys, (before, more) -> before + more == 0 ? null : before + more);
  }

  /** The keys of all models. */
  public long sum() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Those of one model. */
  public long of(ExactModel model) {
    return counts.getOrDefault(model, 0L);
  }

  /** By model, but for those of which there is none. */
  public Map<ExactModel, Long> all() {
    return Map.copyOf(counts);
  }

  /** One line for each model, which {@link #addLine} reads. */
  public List<String> lines() {
    return counts.entrySet().stream()
        .map(each -> line(each.getKey(), each.getValue()))
        .sorted()
        .toList();
  }

  /** Counts what a line says. */
  public void addLine(String line) {
    String[] parts = line.split(" ");
    add(ExactModel.of(Integer.parseInt(parts[0]), parts[1]), Long.parseLong(parts[2]));
  }

  /** Number, digest and how many keys. */
  public static String line(ExactModel model, long keys) {
    return model.version() + " " + model.digest() + " " + keys;
  }
}
