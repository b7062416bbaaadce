package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.EventTypes;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka record to shared values or dead letter: exactly one for each record. */
final class SharedDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1;

  private final ObservationSchema schema;
  private final Duration maxAhead;
  private transient @Nullable SharedRecords records;

  SharedDeserializer(ObservationSchema schema, Duration maxAhead) {
    this.schema = schema;
    this.maxAhead = maxAhead;
  }

  @Override
  public void open(InitializationContext context) {
    SharedRecords decoder = new SharedRecords(schema, maxAhead);
    context.getMetricGroup().addGroup("eddy").gauge("unknown-fields", decoder::unknownFields);
    records = decoder;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
    SharedRecords decoder = records;
    if (decoder == null) {
      throw new IllegalStateException("not opened");
    }
    out.collect(decoder.decode(record));
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return EventTypes.DECODED;
  }
}
