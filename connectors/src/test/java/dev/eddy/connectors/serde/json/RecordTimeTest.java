package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.serde.json.Decoding.ONE;
import static dev.eddy.connectors.serde.json.Decoding.layout;
import static dev.eddy.connectors.serde.json.Decoding.letter;
import static dev.eddy.connectors.serde.json.Decoding.observation;
import static dev.eddy.connectors.serde.json.Decoding.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordLayout;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and numbers of records that are written in another way than Eddy's own. */
class RecordTimeTest {
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
}
