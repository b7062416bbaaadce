package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.serde.json.Decoding.ONE;
import static dev.eddy.connectors.serde.json.Decoding.decode;
import static dev.eddy.connectors.serde.json.Decoding.layout;
import static dev.eddy.connectors.serde.json.Decoding.letter;
import static dev.eddy.connectors.serde.json.Decoding.observation;
import static dev.eddy.connectors.serde.json.Decoding.reader;
import static dev.eddy.connectors.serde.json.Decoding.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are laid out in another way than Eddy's own. */
class RecordLayoutTest {
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
    assertThat(found.numeric()).containsExactly(2.5, 3);
    assertThat(found.categories()).containsExactly("Oslo");
  }

  @Test
  void what_is_written_is_read_again() {
    RecordLayout layout = layout(ENVELOPE);
    @Nullable String[] town = {"Oslo"};
    Observation sent = new Observation("s7", ONE, new double[] {1, Double.NaN}, town, null, 0, 0);
    byte[] written = new ObservationJsonWriter(schema(layout)).write(sent);
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"data\":{\"sensor\":\"s7\",\"ts\":\"2026-01-01T01:00:00Z\","
                + "\"values\":{\"0\":1.0},\"a.b\":\"Oslo\"}}");
    assertThat(observation(layout, new String(written, StandardCharsets.UTF_8)).numeric())
        .containsExactly(1, Double.NaN);
  }

  @Test
  void an_observation_of_nothing_is_read_again_as_one() {
    @Nullable String[] none = {null};
    double[] missing = {Double.NaN, Double.NaN};
    Observation sent = new Observation("s7", ONE, missing, none, null, 0, 0);
    byte[] written = new ObservationJsonWriter(schema(layout(ENVELOPE))).write(sent);
    assertThat(observation(layout(ENVELOPE), new String(written, StandardCharsets.UTF_8)).numeric())
        .containsExactly(Double.NaN, Double.NaN);
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
    "1f8b0800000000000000, gzip",
    "28b52ffd0458190000, zstd",
    "04224d186440a7, lz4",
    "ff060000734e61507059, snappy",
    "82534e41505059000000, snappy",
    "789cab562ac9cc4d55b2, zlib",
    "feff007b007d, text in UTF-16 or UTF-32",
    "fffe7b007d00, text in UTF-16 or UTF-32",
    "7b007d00, text in UTF-16 or UTF-32",
    "007b007d, text in UTF-16 or UTF-32",
    "227b7d22, JSON that was written as text once more",
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
  void a_time_that_is_null_is_not_said_to_lie_where_it_is() {
    DeadLetter found = letter(RecordLayout.PLAIN, null, "{'key':'a','load':1,'time':null}");
    assertThat(found.reason()).isEqualTo(Reasons.MISSING_TIME);
    assertThat(found.detail()).startsWith("time: none (expected");
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
}
