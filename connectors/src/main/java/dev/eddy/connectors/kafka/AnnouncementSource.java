package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.BuilderCheck;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the source of the one-partition models topic, from its first record on; run it with
 * parallelism 1. A record that is no announcement is skipped with a warning.
 */
public final class AnnouncementSource {
  private static final String NAME = "announcement source";

  private Map<String, String> client = Map.of();
  private @Nullable String topic;
  private boolean bounded;

  private AnnouncementSource() {}

  public static AnnouncementSource builder() {
    return new AnnouncementSource();
  }

  /** Properties of the Kafka client, passed as they are; {@code bootstrap.servers} is required. */
  public AnnouncementSource client(Map<String, String> properties) {
    client = Map.copyOf(properties);
    return this;
  }

  /** The models topic; required. */
  public AnnouncementSource topic(String name) {
    topic = name;
    return this;
  }

  /** Ends at what is the topic's end when the job starts; for bounded jobs. */
  public AnnouncementSource bounded() {
    bounded = true;
    return this;
  }

  /** The source, for {@code StreamExecutionEnvironment.fromSource}. */
  public Source<Announcement, ?, ?> build() {
    Properties properties = BuilderCheck.client(NAME, client);
    properties.putIfAbsent("isolation.level", "read_committed");
    properties.putIfAbsent("allow.auto.create.topics", "false");
    KafkaSourceBuilder<Announcement> builder =
        KafkaSource.<Announcement>builder()
            .setTopics(BuilderCheck.given(NAME, "topic", topic))
            .setDeserializer(new AnnouncementDeserializer())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperties(Sources.withoutDiscoveryIf(bounded, properties));
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return new OneTopicSource<>(
        builder.build(), "topics.models", BuilderCheck.given(NAME, "topic", topic));
  }
}
