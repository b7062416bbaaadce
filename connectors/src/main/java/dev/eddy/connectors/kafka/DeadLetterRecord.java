package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a Kafka record: the original key and value bytes, and text headers {@code
 * reason}, {@code detail}, {@code topic}, {@code partition}, {@code offset}. The headers make it
 * larger than the original record; one that no broker would take by its defaults loses the end of
 * its value, and of its key, and says so in a header {@code cut}, because a record that is refused
 * would stop the job for ever. The whole is still where topic, partition and offset say.
 */
final class DeadLetterRecord {
  // 1 MiB is the most that producers and brokers take by default, their own overhead included.
  private static final int MAX_BYTES = (1 << 20) - 512;

  private DeadLetterRecord() {}

  /** The record that goes to the dead-letter topic. */
  static ProducerRecord<byte[], byte[]> write(String deadLetters, DeadLetter letter) {
    int headers = 2 * Character.BYTES * (letter.reason().length() + letter.detail().length());
    int room = MAX_BYTES - headers - letter.topic().length();
    byte @Nullable [] key = first(room, letter.key());
    byte @Nullable [] value = first(room - length(key), letter.value());
    var record = new ProducerRecord<>(deadLetters, key, value);
    header(record, "reason", letter.reason());
    header(record, "detail", letter.detail());
    header(record, "topic", letter.topic());
    header(record, "partition", Integer.toString(letter.partition()));
    header(record, "offset", Long.toString(letter.offset()));
    if (length(key) < length(letter.key()) || length(value) < length(letter.value())) {
      header(
          record,
          "cut",
          "key of " + length(letter.key()) + " bytes, value of " + length(letter.value()));
    }
    return record;
  }

  private static byte @Nullable [] first(int bytes, byte @Nullable [] of) {
    return of == null || of.length <= bytes ? of : Arrays.copyOf(of, bytes);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The dead letter of a record that {@link #write} made. */
  static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
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
