package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.OneTopicSource;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * Makes the source of the shared topic: its committed records from the earliest on, unless Flink
 * restores it; run it with parallelism 1. It yields one {@link Decoded} for each.
 */
public final class SharedSource {
  private static final Duration DISCOVERY = Duration.ofMinutes(1); // of new partitions

  private SharedSource() {}

  /**
   * The source, for {@code StreamExecutionEnvironment.fromSource}.
   *
   * @param client properties of the Kafka client, passed as they are
   * @param schema of the records
   * @param maxAhead how far a time may lie beyond its record's Kafka timestamp
   * @param bounded whether it ends at what is the topic's end when the job starts
   */
  public static Source<Decoded, ?, ?> of(
      Map<String, String> client,
      String topic,
      ObservationSchema schema,
      Duration maxAhead,
      boolean bounded) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.putIfAbsent("isolation.level", "read_committed");
    properties.putIfAbsent("allow.auto.create.topics", "false");
    if (bounded) {
      properties.remove("partition.discovery.interval.ms");
    } else {
      properties.putIfAbsent(
          "partition.discovery.interval.ms", Long.toString(DISCOVERY.toMillis()));
    }
    KafkaSourceBuilder<Decoded> builder =
        KafkaSource.<Decoded>builder()
            .setTopics(topic)
            .setDeserializer(new SharedDeserializer(schema, maxAhead))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperties(properties);
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return new OneTopicSource<>(builder.build(), "input.shared.topic", topic);
  }
}
