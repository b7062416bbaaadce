package dev.eddy.connectors.kafka.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a topic is like.
 *
 * @param name its name
 * @param partitions how many there are
 * @param replicas of the partition that has the fewest
 * @param inSync replicas of the partition that has the fewest in sync
 * @param settings those of the topic, and the broker's where it has none
 * @param rights what this client may do with it, as Kafka names it, {@code READ}; empty if the
 *     broker does not tell
 */
public record TopicLook(
    String name,
    int partitions,
    int replicas,
    int inSync,
    Map<String, String> settings,
    Optional<Set<String>> rights) {

  public TopicLook {
    settings = Map.copyOf(settings);
    rights = rights.map(Set::copyOf);
  }

  /** A setting's value; empty if the broker does not tell. */
  public Optional<String> setting(String setting) {
    return Optional.ofNullable(settings.get(setting));
  }

  /** A setting's value as a number. */
  public Optional<Long> number(String setting) {
    return setting(setting).map(Long::valueOf);
  }
}
