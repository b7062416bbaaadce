package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka record to observation or dead letter: exactly one for each record. */
final class ObservationDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1;

  private final ObservationSchema schema;
  private final Duration maxAhead;
  private transient @Nullable ObservationJsonReader json;

  ObservationDeserializer(ObservationSchema schema, Duration maxAhead) {
    this.schema = schema;
    this.maxAhead = maxAhead;
  }

  @Override
  public void open(InitializationContext context) {
    ObservationJsonReader reader = RecordFormats.reader(schema, maxAhead);
    MetricGroup metrics = context.getMetricGroup().addGroup("eddy");
    metrics.gauge("unknown-fields", reader::unknownFields);
    metrics.gauge("unknown-future-fields", reader::unknownFutureFields);
    json = reader;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
    ObservationJsonReader decoder = json;
    if (decoder == null) {
      throw new IllegalStateException("not opened");
    }
    out.collect(RecordDecoder.decode(decoder, record));
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return EventTypes.DECODED;
  }
}
