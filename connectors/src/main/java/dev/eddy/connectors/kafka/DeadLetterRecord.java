package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as a Kafka record: the original key and value bytes, and text headers {@code
 * reason}, {@code detail}, {@code topic}, {@code partition}, {@code offset}.
 */
public final class DeadLetterRecord {
  private DeadLetterRecord() {}

  /** The record that goes to the dead-letter topic. */
  public static ProducerRecord<byte[], byte[]> write(String deadLetters, DeadLetter letter) {
    var record = new ProducerRecord<>(deadLetters, letter.key(), letter.value());
    header(record, "reason", letter.reason());
    header(record, "detail", letter.detail());
    header(record, "topic", letter.topic());
    header(record, "partition", Integer.toString(letter.partition()));
    header(record, "offset", Long.toString(letter.offset()));
    return record;
  }

  /** The dead letter of a record that {@link #write} made. */
  public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        header(record, "reason"),
        header(record, "detail"),
        header(record, "topic"),
        Integer.parseInt(header(record, "partition")),
        Long.parseLong(header(record, "offset")),
        record.key(),
        record.value());
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException(
          "dead letter: no header " + name + " at offset " + record.offset());
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
