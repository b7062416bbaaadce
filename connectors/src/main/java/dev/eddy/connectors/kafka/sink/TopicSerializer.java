package dev.eddy.connectors.kafka.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Base of the sinks' serializers, which write to one topic and say which: the pooled transactions
 * find what an earlier run left open by it. When they open they ask how large a record may be
 * there.
 */
abstract class TopicSerializer<T>
    implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  final String topic;
  private final Map<String, String> client;
  private transient @Nullable RecordLimit limit;

  TopicSerializer(Map<String, String> client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  /** The writer opens its serializer twice. */
  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    if (limit == null) {
      limit = RecordLimit.of(client, topic);
    }
  }

  final RecordLimit limit() {
    RecordLimit known = limit;
    if (known == null) {
      throw new IllegalStateException("not opened");
    }
    return known;
  }

  @Override
  public final Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
