package dev.eddy.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterRecordTest {
  private static final int MIB = 1 << 20; // max.request.size where nobody says otherwise

  @Test
  void a_letter_of_usual_size_keeps_every_byte() {
    byte[] value = bytes(1_000_000);
    ProducerRecord<byte[], byte[]> record = record(new byte[] {1}, value);
    assertThat(record.key()).isEqualTo(new byte[] {1});
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.headers().lastHeader("cut")).isNull();
  }

  @Test
  void a_letter_that_no_broker_would_take_loses_its_end_and_says_so() {
    byte[] value = bytes(5 * MIB);
    ProducerRecord<byte[], byte[]> record = record(new byte[] {1}, value);
    assertThat(value).startsWith(record.value());
    assertThat(record.value()).hasSizeGreaterThan(MIB - 10_000);
    assertThat(size(record)).isLessThan(MIB);
    assertThat(cut(record)).isEqualTo("key of 1 bytes, value of 5242880");
  }

  @Test
  void a_key_that_no_broker_would_take_is_cut_too() {
    ProducerRecord<byte[], byte[]> record = record(bytes(2 * MIB), null);
    assertThat(size(record)).isLessThan(MIB);
    assertThat(record.value()).isNull();
    assertThat(cut(record)).isEqualTo("key of 2097152 bytes, value of 0");
    assertThat(record(bytes(2 * MIB), bytes(9)).value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000, 200_000})
  void a_letter_is_cut_to_what_its_topic_takes(int limit) {
    DeadLetter letter =
        new DeadLetter("malformed", "é".repeat(5000), "t", 3, 1L << 40, bytes(300), bytes(MIB));
    RecordLimit topics = new RecordLimit(limit, "max.message.bytes of dead");
    ProducerRecord<byte[], byte[]> record = DeadLetterRecord.write("dead", letter, topics);
    assertThat(size(record)).isBetween(limit * 7 / 10, limit);
    assertThat(record.key()).isNotEmpty();
  }

  private static ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
    DeadLetter letter = new DeadLetter("malformed", "é".repeat(300), "t", 3, 1L << 40, key, value);
    return DeadLetterRecord.write("dead", letter, new RecordLimit(MIB, "max.message.bytes"));
  }

  private static String cut(ProducerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("cut");
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /** As the producer reckons it. */
  private static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }
}
