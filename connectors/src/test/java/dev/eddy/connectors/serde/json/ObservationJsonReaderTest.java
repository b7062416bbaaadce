package dev.eddy.connectors.serde.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationJsonReaderTest {
  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("temp", "wind"), List.of("city"), "weather");

  private final ObservationJsonReader json = new ObservationJsonReader(SCHEMA, Duration.ofDays(1));

  @Test
  void reads_every_field_of_the_schema() {
    Observation found =
        observation(
            "{'key':'a','time':'2026-01-01T00:00:00Z','temp':1.5,'wind':-2,'city':'Paris',"
                + "'weather':'rain'}");
    assertThat(found.key()).isEqualTo("a");
    assertThat(found.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    assertThat(found.numeric()).containsExactly(1.5f, -2f);
    assertThat(found.categories()).containsExactly("Paris");
    assertThat(found.label()).isEqualTo("rain");
    assertThat(found.partition()).isEqualTo(3);
    assertThat(found.offset()).isEqualTo(42);
  }

  @Test
  void an_absent_or_null_field_is_missing() {
    Observation found = observation("{'key':'a','time':0,'temp':null}");
    assertThat(found.numeric()).containsExactly(Float.NaN, Float.NaN);
    assertThat(found.categories()).containsExactly((String) null);
    assertThat(found.label()).isNull();
  }

  @Test
  void nothing_of_a_record_is_left_in_the_next() {
    observation("{'key':'a','time':0,'temp':1,'city':'x','weather':'rain'}");
    letter("{'key':'a','time':0,'wind':7,'temp':[]}");
    Observation found = observation("{'key':'b','time':1}");
    assertThat(found.numeric()).containsExactly(Float.NaN, Float.NaN);
    assertThat(found.categories()).containsExactly((String) null);
    assertThat(found.label()).isNull();
    assertThat(letter("{'key':'a'}").reason()).isEqualTo(Reasons.MISSING_TIME);
    assertThat(letter("{'time':0}").reason()).isEqualTo(Reasons.MISSING_KEY);
  }

  @Test
  void a_key_that_would_not_fit_into_a_prediction_is_refused() {
    String longest = "k".repeat(10_000);
    assertThat(observation("{'key':'" + longest + "','time':0}").key()).isEqualTo(longest);
    DeadLetter letter = letter("{'key':'" + longest + "k','time':0}");
    assertThat(letter.reason()).isEqualTo(Reasons.KEY_TOO_LONG);
    assertThat(letter.detail()).isEqualTo("key: 10001 characters (expected at most 10000)");
  }

  @Test
  void unknown_fields_are_ignored_whatever_they_hold() {
    Observation found =
        observation("{'x':{'temp':[1,{'key':2}]},'key':'a','y':[[]],'time':0,'temp':1}");
    assertThat(found.numeric()[0]).isEqualTo(1f);
  }

  @Test
  void a_scalar_is_taken_as_text_where_text_is_expected() {
    Observation found = observation("{'key':17,'time':0,'city':4,'weather':true}");
    assertThat(found.key()).isEqualTo("17");
    assertThat(found.categories()).containsExactly("4");
    assertThat(found.label()).isEqualTo("true");
  }

  @Test
  void the_kafka_key_stands_in_for_an_absent_key_field() {
    assertThat(((Observation) decode("ключ", "{'time':0}")).key()).isEqualTo("ключ");
    assertThat(((Observation) decode("ключ", "{'key':'ключ','time':0}")).key()).isEqualTo("ключ");
  }

  @Test
  void a_key_field_must_be_the_kafka_key() {
    DeadLetter found = (DeadLetter) decode("b", "{'key':'a','time':0}");
    assertThat(found.reason()).isEqualTo(Reasons.KEY_MISMATCH);
    assertThat(found.detail()).isEqualTo("key: \"a\" (expected the Kafka key, \"b\")");
  }

  @Test
  void a_kafka_key_that_is_no_text_is_malformed() {
    byte[] value = "{\"time\":0}".getBytes(StandardCharsets.UTF_8);
    Decoded found = json.decode(new byte[] {(byte) 0xff, 1}, value, "t", 0, 0, NOW);
    assertThat(((DeadLetter) found).reason()).isEqualTo(Reasons.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not-finite     | {'key':'a','time':0,'temp':NaN}",
        "not-finite     | {'key':'a','time':0,'temp':-Infinity}",
        "not-finite     | {'key':'a','time':0,'temp':1e39}",
        "wrong-type     | {'key':'a','time':0,'temp':'1.5'}",
        "wrong-type     | {'key':'a','time':0,'temp':true}",
        "wrong-type     | {'key':'a','time':0,'temp':{}}",
        "wrong-type     | {'key':'a','time':0,'city':[]}",
        "wrong-type     | {'key':{},'time':0}",
        "wrong-type     | {'key':'a','time':1.5}",
        "wrong-type     | {'key':'a','time':[]}",
        "missing-key    | {'time':0}",
        "missing-key    | {'key':null,'time':0}",
        "missing-key    | {'key':'','time':0}",
        "missing-time   | {'key':'a'}",
        "missing-time   | {'key':'a','time':null}",
        "invalid-time   | {'key':'a','time':'yesterday'}",
        "invalid-time   | {'key':'a','time':'2026-01-01'}",
        "invalid-time   | {'key':'a','time':99999999999999999999}",
        "invalid-time   | {'key':'a','time':-9223372036854775808}",
        "invalid-time   | {'key':'a','time':9223372036854775807}",
        "too-far-ahead  | {'key':'a','time':'2026-01-03T00:00:00.001Z'}",
        "malformed      | {'key':'a','time':0",
        "malformed      | {'key':'a','time':0}}",
        "malformed      | {'key':'a','time':0} {}",
        "malformed      | []",
        "malformed      | 17",
        "malformed      | hello",
        "malformed      | ``",
      })
  void a_bad_record_says_why(String reason, String value) {
    DeadLetter found = letter(value);
    assertThat(found.reason()).isEqualTo(reason);
    assertThat(found.detail()).contains(": ").contains("(expected ").doesNotContain("\n");
    assertThat(new String(found.value(), StandardCharsets.UTF_8))
        .isEqualTo(value.replace('\'', '"'));
    assertThat(found.topic()).isEqualTo("topic");
    assertThat(found.partition()).isEqualTo(3);
    assertThat(found.offset()).isEqualTo(42);
  }

  @Test
  void a_detail_names_place_found_and_expected() {
    assertThat(letter("{'key':'a','time':0,'temp':'hot'}").detail())
        .isEqualTo("temp: \"hot\" (expected a number or null)");
    assertThat(letter("{'key':'a','time':0,'temp':NaN}").detail())
        .isEqualTo("temp: NaN (expected a finite number within ±3.4e38)");
  }

  @Test
  void a_time_up_to_max_ahead_is_taken() {
    assertThat(observation("{'key':'a','time':'2026-01-03T00:00:00Z'}").key()).isEqualTo("a");
  }

  @Test
  void max_ahead_asks_the_record_not_the_day_it_is_read() {
    byte[] value =
        "{\"key\":\"a\",\"time\":\"2026-01-03T00:00:00.001Z\"}".getBytes(StandardCharsets.UTF_8);
    DeadLetter found = (DeadLetter) json.decode(null, value, "t", 0, 0, NOW);
    assertThat(found.reason()).isEqualTo(Reasons.TOO_FAR_AHEAD);
    assertThat(found.detail())
        .isEqualTo(
            "time: 2026-01-03T00:00:00.001Z (expected at most 2026-01-03T00:00:00Z, the record's"
                + " Kafka timestamp plus max-ahead)");
    assertThat(json.decode(null, value, "t", 0, 0, NOW + 1)).isInstanceOf(Observation.class);
    assertThat(json.decode(null, value, "t", 0, 0, Observation.NO_RECORD_TIME))
        .isInstanceOf(Observation.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af", // a slash in two bytes
        "f5808080", // beyond the last character
        "eda080", // half a pair
        "80", // the middle of a character
        "e282" // one that is cut off
      })
  void bytes_that_only_look_like_utf_8_are_malformed(String bytes) {
    for (String field : List.of("key", "city", "unknown")) {
      byte[] text = ("{\"time\":0,\"" + field + "\":\"a@\"}").getBytes(StandardCharsets.UTF_8);
      byte[] bad = HexFormat.of().parseHex(bytes);
      int at = new String(text, StandardCharsets.UTF_8).indexOf('@');
      byte[] value = new byte[text.length - 1 + bad.length];
      System.arraycopy(text, 0, value, 0, at);
      System.arraycopy(bad, 0, value, at, bad.length);
      System.arraycopy(text, at + 1, value, at + bad.length, text.length - at - 1);
      assertMalformed((DeadLetter) json.decode(null, value, "t", 0, 0, NOW));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
  void utf_16_and_utf_32_are_malformed_with_and_without_a_byte_order_mark(String charset) {
    for (String text : List.of("{\"key\":\"a\",\"time\":0}", " {\"key\":\"a\",\"time\":0}")) {
      for (String mark : List.of("", "\uFEFF")) {
        byte[] value = (mark + text).getBytes(Charset.forName(charset));
        DeadLetter letter = (DeadLetter) json.decode(null, value, "t", 0, 0, NOW);
        assertMalformed(letter);
        assertThat(letter.detail()).contains(", which looks like text in UTF-16 or UTF-32");
      }
    }
  }

  private static void assertMalformed(DeadLetter letter) {
    assertThat(letter.reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(letter.detail())
        .startsWith("value: not UTF-8")
        .endsWith(" (expected one JSON object in UTF-8)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "city", "weather"})
  void half_a_surrogate_pair_is_malformed_and_fits_into_a_header(String field) {
    DeadLetter found = letter("{'key':'a','time':0,'" + field + "':'x\\ud800'}");
    assertThat(found.reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(found.detail())
        .isEqualTo(field + ": \"x\uFFFD\" (expected text without half a surrogate pair)");
    assertThat(observation("{'key':'a','time':0,'" + field + "':'x\\ud83c\\udf2a'}")).isNotNull();
  }

  @Test
  void a_detail_is_not_cut_within_a_surrogate_pair() {
    String found =
        letter("{'key':'a','time':0,'temp':'" + "x".repeat(79) + "\uD83C\uDF2A'}").detail();
    assertThat(found).startsWith("temp: \"" + "x".repeat(79) + "…\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "1e99999999999", "3.5e38"})
  void a_number_beyond_a_float_is_not_finite(String number) {
    assertThat(letter("{'key':'a','time':0,'temp':" + number + "}").reason())
        .isEqualTo(Reasons.NOT_FINITE);
  }

  @Test
  void a_tombstone_is_malformed() {
    DeadLetter found = (DeadLetter) json.decode(null, null, "topic", 0, 0, NOW);
    assertThat(found.reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(found.value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "time", "temp"})
  void a_schema_names_each_field_once_and_no_reserved_one(String name) {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new ObservationSchema(List.of("temp"), List.of(name), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  private Observation observation(String value) {
    return (Observation) decode(null, value);
  }

  private DeadLetter letter(String value) {
    return (DeadLetter) decode(null, value);
  }

  private Decoded decode(@Nullable String key, String value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return json.decode(keyBytes, bytes, "topic", 3, 42, NOW);
  }
}
