package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.event.DeadLetter;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Dead letter to Kafka record. */
final class DeadLetterSerializationSchema extends TopicSerializer<DeadLetter> {
  private static final long serialVersionUID = 1;

  DeadLetterSerializationSchema(Map<String, String> client, String topic) {
    super(client, topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    return DeadLetterRecord.write(topic, letter, limit());
  }
}
