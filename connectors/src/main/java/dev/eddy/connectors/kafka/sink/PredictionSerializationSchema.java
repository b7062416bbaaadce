package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.serde.avro.PredictionEncoder;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Prediction to Kafka record: the series key is the record's key. The record's timestamp is left to
 * the producer's clock, because brokers expire by it.
 */
final class PredictionSerializationSchema extends TopicSerializer<Prediction> {
  private static final long serialVersionUID = 1;

  private final PredictionFormat format;
  private final @Nullable PredictionWriter writer;
  private transient @Nullable PredictionEncoder encoder;
  private transient List<Header> headers = List.of();

  PredictionSerializationSchema(
      Map<String, String> client,
      String topic,
      PredictionFormat format,
      @Nullable PredictionWriter writer) {
    super(client, topic);
    this.format = format;
    this.writer = writer;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    super.open(context, sinkContext);
    encoder = PredictionEncoder.of(format);
    headers = writer == null ? List.of() : List.of(writer.header());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Prediction prediction, KafkaSinkContext context, @Nullable Long timestamp) {
    PredictionEncoder opened = encoder;
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    byte[] key = prediction.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = opened.write(prediction);
    int bytes = key.length + value.length;
    for (Header header : headers) {
      bytes += header.key().length() + header.value().length;
    }
    if (bytes > limit().room()) {
      throw tooLarge(prediction, bytes);
    }
    return new ProducerRecord<>(topic, null, key, value, headers);
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
