package dev.eddy.pipeline.deployment;

import java.util.List;
import java.util.Set;

/**
 * The deployment's Kafka topics; the YAML's {@code topics:} block.
 *
 * @param observations where observations are read
 * @param predictions where predictions are written
 * @param models where model versions are announced; one partition
 * @param deadLetters where records go that could not be stepped
 * @param partitions of the topics that Eddy creates, the models topic apart; default 1
 */
public record TopicSettings(
    String observations, String predictions, String models, String deadLetters, int partitions) {

  public static final int DEFAULT_PARTITIONS = 1;

  public TopicSettings {
    List<String> names = List.of(observations, predictions, models, deadLetters);
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9._-]{1,249}")) {
        throw new IllegalArgumentException(
            "topics: " + name + " (must be letters, digits, '.', '_' or '-')");
      }
    }
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("topics: " + names + " (must be four different names)");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topics.partitions: " + partitions + " (must be 1 or more)");
    }
  }

  /** The usual names for a deployment called {@code name}, one partition. */
  public static TopicSettings named(String name) {
    return new TopicSettings(
        name + "-observations",
        name + "-predictions",
        name + "-models",
        name + "-dead-letters",
        DEFAULT_PARTITIONS);
  }
}
