package dev.eddy.connectors.kafka.client;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes records as a consumer hands them out, with the place and time that they have in Kafka.
 */
public final class RecordDecoder {
  private RecordDecoder() {}

  /** Decodes one record; never throws on what it contains. */
  public static Decoded decode(
      ObservationJsonReader reader, ConsumerRecord<byte[], byte[]> record) {
    return reader.decode(
        record.key(),
        record.value(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp());
  }
}
