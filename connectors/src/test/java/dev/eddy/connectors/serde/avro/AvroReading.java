package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Reads records that Avro's own writer has written, as one small deployment's. */
final class AvroReading {
  /** When they were written to Kafka: 1 in the morning. */
  static final long ONE = Instant.parse("2026-01-01T01:00:00Z").toEpochMilli();

  private AvroReading() {}

  /** Its schema, quotes single for brevity. */
  static Schema schema(String text) {
    return new Schema.Parser().parse(text.replace('\'', '"'));
  }

  static byte[] bytes(GenericRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ObservationSchema fields(Schema written, Map<String, String> paths) {
    RecordLayout layout = RecordLayout.of(paths).in(new RecordFormat.Avro(written.toString()));
    return new ObservationSchema(
        List.of("load", "wind"), List.of("town"), null, FutureFields.NONE, layout);
  }

  static Decoded read(ObservationSchema fields, byte[] value) {
    return RecordFormats.reader(fields, Duration.ofDays(1))
        .decode(null, value, "topic", 3, 42, ONE);
  }

  static Observation observation(Map<String, String> paths, GenericRecord record) {
    return (Observation) read(fields(record.getSchema(), paths), bytes(record));
  }

  static DeadLetter letter(Schema written, byte[] value) {
    return (DeadLetter) read(fields(written, Map.of()), value);
  }
}
