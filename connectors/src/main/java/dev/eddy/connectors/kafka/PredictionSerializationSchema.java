package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Prediction to Kafka record: the series key is the record's key. The record's timestamp is left to
 * the producer's clock, because brokers expire by it.
 */
final class PredictionSerializationSchema extends TopicSerializer<Prediction> {
  private static final long serialVersionUID = 1;

  private final OutputSettings output;
  private transient @Nullable PredictionJsonWriter json;

  PredictionSerializationSchema(Map<String, String> client, String topic, OutputSettings output) {
    super(client, topic);
    this.output = output;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    super.open(context, sinkContext);
    json = new PredictionJsonWriter(output);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Prediction prediction, KafkaSinkContext context, @Nullable Long timestamp) {
    PredictionJsonWriter encoder = json;
    if (encoder == null) {
      throw new IllegalStateException("not opened");
    }
    byte[] key = prediction.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = encoder.write(prediction);
    if (key.length + value.length > limit().room()) {
      throw tooLarge(prediction, key.length + value.length);
    }
    return new ProducerRecord<>(topic, key, value);
  }

  /** Sending it again would be refused again. */
  private RuntimeException tooLarge(Prediction prediction, int bytes) {
    return new SuppressRestartsException(
        new IllegalStateException(
            topic
                + ": a prediction of "
                + prediction.shape().model()
                + " has "
                + bytes
                + " bytes (must be at most "
                + limit().room()
                + ": "
                + limit().setting()
                + " less overhead)"));
  }
}
