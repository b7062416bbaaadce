package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.serde.json.Decoding.key;
import static dev.eddy.connectors.serde.json.Decoding.keyed;
import static dev.eddy.connectors.serde.json.Decoding.letter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys of records, in their values and in Kafka, as they are coded. */
class RecordKeyTest {
  @Test
  void a_kafka_key_is_read_as_it_is_coded() {
    byte[] four = ByteBuffer.allocate(4).putInt(42).array();
    byte[] eight = ByteBuffer.allocate(8).putLong(-7).array();
    UUID uuid = UUID.fromString("1b4e28ba-2fa1-11d2-883f-0016d3cca427");
    byte[] sixteen = KafkaKeys.encode(KeyCoding.UUID, uuid.toString());
    String value = "{'time':0,'load':1}";
    assertThat(key(keyed(KeySource.EITHER, KeyCoding.INT), four, value)).isEqualTo("42");
    assertThat(key(keyed(KeySource.KAFKA, KeyCoding.LONG), eight, value)).isEqualTo("-7");
    assertThat(key(keyed(KeySource.KAFKA, KeyCoding.UUID), sixteen, value))
        .isEqualTo(uuid.toString());
    assertThat(
            key(
                keyed(KeySource.KAFKA, KeyCoding.UUID),
                uuid.toString().getBytes(StandardCharsets.UTF_8),
                value))
        .isEqualTo(uuid.toString());
    DeadLetter wrong = letter(keyed(KeySource.KAFKA, KeyCoding.INT), eight, value);
    assertThat(wrong.detail())
        .isEqualTo("Kafka key: 8 bytes (expected a whole number in 4 bytes, as input.key says)");
  }

  @Test
  void one_of_the_two_keys_is_read_where_it_is_said_which() {
    byte[] other = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
    String value = "{'key':'a','time':0,'load':1}";
    assertThat(letter(RecordLayout.PLAIN, other, value).reason()).isEqualTo(Reasons.KEY_MISMATCH);
    assertThat(key(keyed(KeySource.VALUE, KeyCoding.UTF8), other, value)).isEqualTo("a");
    assertThat(key(keyed(KeySource.KAFKA, KeyCoding.UTF8), other, value)).isEqualTo("{\"id\":7}");
    assertThat(
            key(
                keyed(KeySource.KAFKA, KeyCoding.UTF8),
                other,
                "{'key':{'any':[1]},'time':0,'load':1}"))
        .isEqualTo("{\"id\":7}");
    assertThat(letter(keyed(KeySource.VALUE, KeyCoding.UTF8), other, "{'time':0}").reason())
        .isEqualTo(Reasons.MISSING_KEY);
  }

  @Test
  void a_tab_in_a_key_is_text() {
    assertThat(key(RecordLayout.PLAIN, null, "{'key':'site\\tpump','time':0,'load':1}"))
        .isEqualTo("site\tpump");
  }

  @Test
  void a_key_of_control_characters_is_refused_with_what_it_looks_like() {
    byte[] four = ByteBuffer.allocate(4).putInt(42).array();
    DeadLetter found = letter(RecordLayout.PLAIN, four, "{'time':0,'load':1}");
    assertThat(found.reason()).isEqualTo(Reasons.BINARY_KEY);
    assertThat(found.detail())
        .isEqualTo(
            "key: \"   *\", which looks like a whole number in 4 bytes, 42: input.key: {decode:"
                + " int} reads it (expected text without control characters)");
    assertThat(found.key()).isEqualTo(four);
    byte[] eight = ByteBuffer.allocate(8).putLong(-7).array();
    assertThat(letter(RecordLayout.PLAIN, eight, "{'time':0,'load':1}").detail())
        .contains("8 bytes, -7: input.key: {decode: long} reads it");
    assertThat(letter(RecordLayout.PLAIN, null, "{'key':'a\\u0007','time':0}").reason())
        .isEqualTo(Reasons.BINARY_KEY);
  }
}
