package dev.eddy.connectors.kafka.sink;

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
 * larger than the original record; one that its topic would not take loses the end of its value, of
 * its key, and of the detail, and says so in a header {@code cut}, because a record that is refused
 * would stop the job for ever. The whole is still where topic, partition and offset say.
 */
public final class DeadLetterRecord {
  private DeadLetterRecord() {}

  /** The record that goes to the dead-letter topic, no larger than it takes. */
  static ProducerRecord<byte[], byte[]> write(
      String deadLetters, DeadLetter letter, RecordLimit limit) {
    byte[] reason = utf8(letter.reason());
    byte[] whence = utf8(letter.topic());
    int room = limit.room() - reason.length - whence.length;
    byte[] detail = cut(room / 2, utf8(letter.detail()));
    byte @Nullable [] key = first(room - detail.length, letter.key());
    byte @Nullable [] value = first(room - detail.length - length(key), letter.value());
    var record = new ProducerRecord<>(deadLetters, key, value);
    record.headers().add("reason", reason).add("detail", detail).add("topic", whence);
    record.headers().add("partition", utf8(Integer.toString(letter.partition())));
    record.headers().add("offset", utf8(Long.toString(letter.offset())));
    if (length(key) < length(letter.key()) || length(value) < length(letter.value())) {
      record
          .headers()
          .add(
              "cut",
              utf8(
                  "key of " + length(letter.key()) + " bytes, value of " + length(letter.value())));
    }
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] first(int bytes, byte @Nullable [] of) {
    return of == null ? null : cut(bytes, of);
  }

  private static byte[] cut(int bytes, byte[] of) {
    return of.length <= bytes ? of : Arrays.copyOf(of, Math.max(0, bytes));
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The dead letter of a record of its topic. */
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

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException(
          "dead letter: no header " + name + " at offset " + record.offset());
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
