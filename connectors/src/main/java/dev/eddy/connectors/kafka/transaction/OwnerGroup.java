package dev.eddy.connectors.kafka.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Claim} to a transactional prefix on the broker: as the committed offset of a
 * consumer group that consumes nothing, the only small and durable thing that any client may write.
 * Thread confined.
 */
final class OwnerGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerGroup.class);

  // Offsets of a group without members expire, by default after a week.
  private static final Duration REFRESH = Duration.ofDays(1);
  private static final Duration ASKED = Duration.ofSeconds(5);
  private static final Duration HELD = Duration.ofMinutes(1);

  private final String group;
  private final TopicPartition place;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long writtenNanos;
  private boolean permitted = true;

  private OwnerGroup(Properties client, String prefix, String topic, Duration patience) {
    this.group = Claim.group(prefix);
    this.place = new TopicPartition(topic, 0);
    this.patience = patience;
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("group.id", group);
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    properties.remove("group.instance.id");
    var bytes = new ByteArrayDeserializer();
    this.consumer = new KafkaConsumer<>(properties, bytes, bytes);
  }

  /** For a look from where nobody should wait long. */
  static OwnerGroup asked(Properties client, String prefix, String topic) {
    return new OwnerGroup(client, prefix, topic, ASKED);
  }

  /** For the sink itself. */
  static OwnerGroup held(Properties client, String prefix, String topic) {
    return new OwnerGroup(client, prefix, topic, HELD);
  }

  /** The claim that stands; none if nobody has claimed, or nobody for long. */
  Optional<Claim> read() {
    @Nullable OffsetAndMetadata found = consumer.committed(Set.of(place), patience).get(place);
    return found == null ? Optional.empty() : Claim.parse(found.offset(), found.metadata());
  }

  /**
   * Makes sure that {@code mine} is the claim that stands.
   *
   * @throws SuppressRestartsException if a newer run has claimed: this one must write no more
   */
  void hold(Claim mine) {
    if (!permitted) {
      return;
    }
    try {
      Optional<Claim> standing = read();
      if (standing.isPresent() && mine.yieldsTo(standing.get())) {
        throw new SuppressRestartsException(
            new IllegalStateException(superseded(mine, standing.get())));
      }
      boolean stands = standing.filter(mine::is).isPresent();
      if (!stands || System.nanoTime() - writtenNanos > REFRESH.toNanos()) {
        write(mine);
      }
    } catch (AuthorizationException e) {
      permitted = false;
      LOG.warn(
          "consumer group {}: {} (must be readable: without it an earlier run that comes back is"
              + " not kept from writing)",
          group,
          e.getMessage());
    }
  }

  private void write(Claim mine) {
    consumer.commitSync(
        Map.of(place, new OffsetAndMetadata(mine.generation(), mine.run())), patience);
    writtenNanos = System.nanoTime();
    LOG.info("{}: claimed by run {} of generation {}", group, mine.run(), mine.generation());
  }

  private String superseded(Claim mine, Claim standing) {
    if (!mine.asked()) {
      return "consumer group "
          + group
          + ": claimed as of "
          + Instant.ofEpochMilli(standing.generation())
          + ", and by this run as of "
          + Instant.ofEpochMilli(mine.generation())
          + ", by the clock of the machine that built the job, where no broker could be asked (must"
          + " be later: a newer run writes to "
          + place.topic()
          + ", or that clock is behind)";
    }
    return "consumer group "
        + group
        + ": a newer run of this deployment writes to "
        + place.topic()
        + " (must be one run at a time: this one ends)";
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
