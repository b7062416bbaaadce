package dev.eddy.connectors.kafka.sink;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Key and value of an evaluation to a Kafka record. */
final class EvaluationSerializationSchema extends TopicSerializer<Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1;

  EvaluationSerializationSchema(Map<String, String> client, String topic) {
    super(client, topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Tuple2<String, byte[]> evaluation, KafkaSinkContext context, @Nullable Long timestamp) {
    byte[] key = evaluation.f0.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, null, key, evaluation.f1);
  }
}
