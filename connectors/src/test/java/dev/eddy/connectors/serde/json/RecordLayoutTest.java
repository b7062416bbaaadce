package dev.eddy.connectors.serde.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.settings.UserMistake;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are laid out in another way than Eddy's own. */
class RecordLayoutTest {
  private static final long ONE = Instant.parse("2026-01-01T01:00:00Z").toEpochMilli();
  private static final Map<String, String> ENVELOPE =
      Map.of(
          "key", "data.sensor", "time", "/data/ts", "load", "data.values.0", "town", "/data/a.b");

  @Test
  void fields_are_read_where_paths_say() {
    Observation found =
        observation(
            layout(ENVELOPE),
            "{'id':1,'data':{'sensor':'s7','ts':'2026-01-01T01:00:00Z','values':[2.5,9],"
                + "'a.b':'Oslo','x':{}},'wind':3}");
    assertThat(found.key()).isEqualTo("s7");
    assertThat(found.time()).isEqualTo(ONE);
    assertThat(found.numeric()).containsExactly(2.5f, 3f);
    assertThat(found.categories()).containsExactly("Oslo");
  }

  @Test
  void what_is_written_is_read_again() {
    RecordLayout layout = layout(ENVELOPE);
    @Nullable String[] town = {"Oslo"};
    Observation sent = new Observation("s7", ONE, new float[] {1, Float.NaN}, town, null, 0, 0);
    byte[] written = new ObservationJsonWriter(schema(layout)).write(sent);
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"data\":{\"sensor\":\"s7\",\"ts\":\"2026-01-01T01:00:00Z\","
                + "\"values\":{\"0\":1.0},\"a.b\":\"Oslo\"}}");
    assertThat(observation(layout, new String(written, StandardCharsets.UTF_8)).numeric())
        .containsExactly(1, Float.NaN);
  }

  @Test
  void an_observation_of_nothing_is_read_again_as_one() {
    @Nullable String[] none = {null};
    float[] missing = {Float.NaN, Float.NaN};
    Observation sent = new Observation("s7", ONE, missing, none, null, 0, 0);
    byte[] written = new ObservationJsonWriter(schema(layout(ENVELOPE))).write(sent);
    assertThat(observation(layout(ENVELOPE), new String(written, StandardCharsets.UTF_8)).numeric())
        .containsExactly(Float.NaN, Float.NaN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'key':'a','time':0,'data':{'load':1}} | value: none of load, wind, town among key, time,"
            + " data (expected one at least; input.fields: {load: data.load} would read it there)",
        "{'key':'a','time':0,'Load':1,'WIND':2} | value: none of load, wind, town among key, time,"
            + " Load, WIND (expected one at least; input.fields: {load: Load, wind: WIND} would"
            + " read it there)",
        "{'key':'a','time':0,'temperature':1} | value: none of load, wind, town among key, time,"
            + " temperature (expected one at least)",
      })
  void a_record_without_any_feature_is_none_of_the_deployment(String value, String detail) {
    DeadLetter found = letter(RecordLayout.PLAIN, null, value);
    assertThat(found.reason()).isEqualTo(Reasons.NO_FEATURES);
    assertThat(found.detail()).isEqualTo(detail);
  }

  @Test
  void a_feature_that_is_null_is_there() {
    assertThat(decode(RecordLayout.PLAIN, null, "{'key':'a','time':0,'load':null,'x':1}"))
        .isInstanceOf(Observation.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1767229200, epoch seconds, s",
    "1767229200000000, epoch microseconds, us",
    "1767229200000000000, epoch nanoseconds, ns"
  })
  void a_time_in_another_unit_is_refused_with_its_name_and_read_where_it_is_said(
      String number, String name, String unit) {
    String value = "{'key':'a','time':" + number + ",'load':1}";
    DeadLetter found = letter(RecordLayout.PLAIN, null, value);
    assertThat(found.reason()).isEqualTo(Reasons.INVALID_TIME);
    assertThat(found.detail())
        .startsWith(
            "time: " + number + ", which looks like " + name + ": input.time: {unit: " + unit);
    EpochUnit said = EpochUnit.valueOf(unit.toUpperCase(java.util.Locale.ROOT));
    assertThat(observation(timed(said, null, false), value).time()).isEqualTo(ONE);
  }

  @Test
  void a_number_of_seconds_may_have_a_fraction_where_the_unit_is_said() {
    String value = "{'key':'a','time':1767229200.25,'load':1}";
    assertThat(letter(RecordLayout.PLAIN, null, value).reason()).isEqualTo(Reasons.WRONG_TYPE);
    assertThat(letter(RecordLayout.PLAIN, null, value).detail()).contains("epoch seconds");
    assertThat(observation(timed(EpochUnit.S, null, false), value).time()).isEqualTo(ONE + 250);
  }

  @Test
  void early_milliseconds_are_taken_where_the_unit_is_said() {
    String value = "{'key':'a','time':1767229200,'load':1}";
    assertThat(observation(timed(EpochUnit.MS, null, false), value).time()).isEqualTo(1767229200L);
  }

  @Test
  void a_time_in_a_pattern_is_read_in_its_zone() {
    RecordLayout layout =
        new RecordLayout(
            Map.of(),
            KeySource.EITHER,
            KeyCoding.UTF8,
            null,
            "dd.MM.yyyy HH:mm",
            ZoneId.of("Europe/Oslo"),
            false);
    assertThat(observation(layout, "{'key':'a','time':'01.01.2026 02:00','load':1}").time())
        .isEqualTo(ONE);
    assertThat(observation(layout, "{'key':'a','time':'2026-01-01T01:00:00Z','load':1}").time())
        .isEqualTo(ONE);
    assertThat(letter(layout, null, "{'key':'a','time':'32.01.2026 02:00','load':1}").detail())
        .contains("or the pattern dd.MM.yyyy HH:mm");
  }

  @Test
  void numbers_in_quotes_are_read_on_request() {
    String value = "{'key':'a','time':'1767229200000','load':'1.5e1','wind':''}";
    Observation found = observation(timed(null, null, true), value);
    assertThat(found.time()).isEqualTo(ONE);
    assertThat(found.numeric()).containsExactly(15, Float.NaN);
    DeadLetter refused = letter(RecordLayout.PLAIN, null, value);
    assertThat(refused.reason()).isEqualTo(Reasons.INVALID_TIME);
    assertThat(refused.detail()).contains("a number in quotes: input.quoted-numbers: true reads");
    for (String word : List.of("NaN", "1f", "0x1p3", "five")) {
      String wrong = "{'key':'a','time':0,'load':'" + word + "'}";
      assertThat(letter(timed(null, null, true), null, wrong).reason())
          .isEqualTo(Reasons.WRONG_TYPE);
    }
  }

  @Test
  void a_time_without_a_zone_is_told_so() {
    assertThat(
            letter(RecordLayout.PLAIN, null, "{'key':'a','time':'2026-01-01 03:00:00'}").detail())
        .contains("a time without its zone: input.time: {format: …, zone: …} reads it");
  }

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

  @ParameterizedTest
  @CsvSource({
    "1f8b0800000000000000, gzip",
    "28b52ffd0458190000, zstd",
    "04224d186440a7, lz4",
    "ff060000734e61507059, snappy",
    "82534e41505059000000, snappy",
    "000000002a7b7d, schema registry framing: a 0 and schema id 42",
    "4f626a0104, an Avro file",
  })
  void bytes_that_are_no_json_are_told_by_how_they_begin(String bytes, String like) {
    byte[] value = java.util.HexFormat.of().parseHex(bytes);
    Decoded found = reader(RecordLayout.PLAIN).decode(null, value, "t", 0, 0, ONE);
    assertThat(((DeadLetter) found).reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(((DeadLetter) found).detail()).contains(", which looks like " + like);
  }

  @Test
  void a_record_without_a_time_is_told_where_one_lies() {
    DeadLetter found = letter(RecordLayout.PLAIN, null, "{'key':'a','load':1,'meta':{'time':'x'}}");
    assertThat(found.reason()).isEqualTo(Reasons.MISSING_TIME);
    assertThat(found.detail()).contains("input.fields: {time: meta.time} would read it there");
  }

  @Test
  void what_is_around_a_field_must_be_an_object_or_nothing() {
    assertThat(letter(layout(ENVELOPE), null, "{'data':5}").reason()).isEqualTo(Reasons.WRONG_TYPE);
    assertThat(letter(layout(ENVELOPE), null, "{'data':null,'wind':1}").reason())
        .isEqualTo(Reasons.MISSING_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "data.", ".data", "wind", "wind.x", "key"})
  void a_path_leads_somewhere_and_not_where_another_field_is(String path) {
    assertThatThrownBy(() -> schema(layout(Map.of("load", path))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("input.fields.load: " + path);
  }

  @Test
  void only_a_field_of_the_deployment_has_a_path() {
    assertThatThrownBy(() -> schema(layout(Map.of("laod", "data.load"))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("input.fields: laod");
  }

  private static RecordLayout layout(Map<String, String> fields) {
    return RecordLayout.of(fields);
  }

  private static RecordLayout keyed(KeySource source, KeyCoding coding) {
    return new RecordLayout(Map.of(), source, coding, null, null, ZoneOffset.UTC, false);
  }

  private static RecordLayout timed(
      @Nullable EpochUnit unit, @Nullable String format, boolean quoted) {
    return new RecordLayout(
        Map.of(), KeySource.EITHER, KeyCoding.UTF8, unit, format, ZoneOffset.UTC, quoted);
  }

  private static ObservationSchema schema(RecordLayout layout) {
    return new ObservationSchema(
        List.of("load", "wind"), List.of("town"), null, FutureFields.NONE, layout);
  }

  private static ObservationJsonReader reader(RecordLayout layout) {
    return new ObservationJsonReader(schema(layout), Duration.ofDays(1));
  }

  private static Observation observation(RecordLayout layout, String value) {
    return (Observation) decode(layout, null, value);
  }

  private static String key(RecordLayout layout, byte[] key, String value) {
    return ((Observation) decode(layout, key, value)).key();
  }

  private static DeadLetter letter(RecordLayout layout, byte @Nullable [] key, String value) {
    return (DeadLetter) decode(layout, key, value);
  }

  private static Decoded decode(RecordLayout layout, byte @Nullable [] key, String value) {
    byte[] bytes = value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return reader(layout).decode(key, bytes, "topic", 3, 42, ONE);
  }
}
