package dev.eddy.connectors.kafka.transaction;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which run may write under a transactional prefix: the one with the greatest generation. Made when
 * a job is built, and part of it, so that the job's own restarts keep it and another run, however
 * started, has a greater one.
 *
 * @param generation greater than that of any run that claimed before; never behind the clock, so
 *     that runs are in order even where the broker could not be asked
 * @param run unlike any other run's
 * @param asked whether the broker could be asked, so that the generation is greater for certain
 */
public record Claim(long generation, String run, boolean asked) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

  /** The consumer group that keeps the claim to a prefix, which its rights go by. */
  public static String group(String prefix) {
    return prefix + "/owner";
  }

  /** A claim behind the one that stands now; it is not made known to anyone yet. */
  public static Claim next(Map<String, String> client, String prefix, String topic) {
    Properties properties = new Properties();
    properties.putAll(client);
    OptionalLong standing = standing(properties, prefix, topic);
    return new Claim(
        Math.max(System.currentTimeMillis(), standing.orElse(0) + 1),
        UUID.randomUUID().toString(),
        standing.isPresent());
  }

  /** A broker that does not answer here may answer where the job runs. */
  private static OptionalLong standing(Properties client, String prefix, String topic) {
    try (OwnerGroup group = OwnerGroup.asked(client, prefix, topic)) {
      return OptionalLong.of(group.read().map(Claim::generation).orElse(0L));
    } catch (KafkaException e) {
      LOG.info("{}: no claim read, the clock orders the runs: {}", prefix, e.getMessage());
      return OptionalLong.empty();
    }
  }

  /** Whether this is the one that {@code other} is. */
  boolean is(Claim other) {
    return generation == other.generation && run.equals(other.run);
  }

  /** Whether this run must give way to {@code other}. */
  boolean yieldsTo(Claim other) {
    return !run.equals(other.run) && other.generation >= generation;
  }

  static Optional<Claim> parse(long offset, String metadata) {
    return metadata.isEmpty() ? Optional.empty() : Optional.of(new Claim(offset, metadata, true));
  }
}
