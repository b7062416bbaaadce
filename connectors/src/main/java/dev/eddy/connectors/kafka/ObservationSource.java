package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.BuilderCheck;
import dev.eddy.connectors.kafka.start.Progress;
import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.connectors.kafka.start.StartingOffsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the source of the observations topic. It reads committed records only, from the earliest
 * one on unless Flink restores it, and emits one {@link Decoded} for each.
 */
public final class ObservationSource {
  private static final String NAME = "observation source";
  private static final Duration DISCOVERY = Duration.ofMinutes(1); // of new partitions

  private Map<String, String> client = Map.of();
  private @Nullable String topic;
  private @Nullable ObservationSchema schema;
  private @Nullable String group;
  private Duration maxAhead = Duration.ofDays(1);
  private boolean bounded;
  private String setting = "topics.observations";
  private @Nullable OffsetsInitializer start;

  private ObservationSource() {}

  public static ObservationSource builder() {
    return new ObservationSource();
  }

  /** Properties of the Kafka client, passed as they are; {@code bootstrap.servers} is required. */
  public ObservationSource client(Map<String, String> properties) {
    client = Map.copyOf(properties);
    return this;
  }

  /** The observations topic; required. */
  public ObservationSource topic(String name) {
    topic = name;
    return this;
  }

  /** What a deployment calls the topic; {@code topics.observations} by default. */
  public ObservationSource setting(String name) {
    setting = name;
    return this;
  }

  /** The fields of the records; required. */
  public ObservationSource schema(ObservationSchema fields) {
    schema = fields;
    return this;
  }

  /**
   * Consumer group whose offsets are committed at checkpoints, for watching the lag; Flink's own
   * checkpoints decide where reading goes on. None by default.
   */
  public ObservationSource group(String name) {
    group = name;
    return this;
  }

  /** How far an event time may lie beyond its record's Kafka timestamp; one day by default. */
  public ObservationSource maxAhead(Duration duration) {
    maxAhead = duration;
    return this;
  }

  /** Ends at what is the end of each partition when the job starts. */
  public ObservationSource bounded() {
    bounded = true;
    return this;
  }

  /**
   * Where reading begins if Flink restores no state; at the earliest record by default.
   *
   * @param progress of the deployment whose source it is
   */
  public ObservationSource start(Start where, Progress progress) {
    start = new StartingOffsets(where, progress);
    return this;
  }

  /** A job, which has a group, is not to go on elsewhere than where it was. */
  private OffsetsInitializer startingOffsets() {
    OffsetsInitializer first = start == null ? OffsetsInitializer.earliest() : start;
    return group == null ? first : ResetOffsets.of(first, client);
  }

  /** The source, for {@code StreamExecutionEnvironment.fromSource}. */
  public Source<Decoded, ?, ?> build() {
    Properties properties = BuilderCheck.client(NAME, client);
    properties.putIfAbsent("isolation.level", "read_committed");
    // Without this a mistyped topic would be created by reading it.
    properties.putIfAbsent("allow.auto.create.topics", "false");
    properties.putIfAbsent("partition.discovery.interval.ms", Long.toString(DISCOVERY.toMillis()));
    KafkaSourceBuilder<Decoded> builder =
        KafkaSource.<Decoded>builder()
            .setTopics(BuilderCheck.given(NAME, "topic", topic))
            .setDeserializer(
                new ObservationDeserializer(BuilderCheck.given(NAME, "schema", schema), maxAhead))
            .setStartingOffsets(startingOffsets())
            .setProperties(Sources.withoutDiscoveryIf(bounded, properties));
    if (group != null) {
      builder.setGroupId(group);
    }
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    String name = BuilderCheck.given(NAME, "topic", topic);
    OneTopicSource<Decoded> source = new OneTopicSource<>(builder.build(), setting, name);
    return group == null ? source : new GuardedSource(source, client, name);
  }
}
