package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Decodes shared records: observations of no key, whatever their Kafka key and their field {@code
 * key} are. Thread confined.
 */
public final class SharedRecords {
  /** The key that each of them gets. */
  public static final String KEY = "shared";

  private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.UTF_8);

  private final ObservationJsonReader reader;

  public SharedRecords(ObservationSchema schema, Duration maxAhead) {
    reader = RecordFormats.reader(schema, maxAhead);
  }

  /**
   * The schema of a deployment's shared records, written in JSON.
   *
   * @param features those that they bring
   * @param fields where these lie, and the time and the future
   * @param observations the deployment's; times and numbers are written alike, and the future
   *     reaches as far
   */
  public static ObservationSchema schema(
      List<String> features, Map<String, String> fields, ObservationSchema observations) {
    FutureFields future = observations.future();
    List<String> ahead = features.stream().filter(future.features()::contains).toList();
    RecordLayout layout = observations.layout();
    return new ObservationSchema(
        features,
        List.of(),
        null,
        ahead.isEmpty()
            ? FutureFields.NONE
            : new FutureFields(ahead, future.reach(), future.intervalMillis()),
        new RecordLayout(
            fields,
            KeySource.KAFKA,
            KeyCoding.UTF8,
            layout.timeUnit(),
            layout.timeFormat(),
            layout.timeZone(),
            layout.quotedNumbers(),
            new RecordFormat.Json()));
  }

  /** What a record is; never throws on what it contains. */
  public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    return RecordDecoder.decode(reader, named(record));
  }

  /** Fields so far that are none of the schema's. */
  public long unknownFields() {
    return reader.unknownFields();
  }

  private static ConsumerRecord<byte[], byte[]> named(ConsumerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        record.serializedKeySize(),
        record.serializedValueSize(),
        KEY_BYTES,
        record.value(),
        new RecordHeaders(record.headers()),
        Optional.empty());
  }
}
