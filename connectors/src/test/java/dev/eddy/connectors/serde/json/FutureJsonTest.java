package dev.eddy.connectors.serde.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FutureJsonTest {
  private static final long DAY = 86_400_000;
  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();

  private final ObservationJsonReader counting = json(0);
  private final ObservationJsonReader daily = json(DAY);

  @Test
  void an_entry_is_for_its_place_or_for_what_it_says_ahead() {
    FutureValues found =
        event(
                counting,
                "{'key':'a','time':0,'sales':1,"
                    + "'future':[{'promo':1,'price':2.5},{'promo':0},{'ahead':1,'price':3}]}")
            .future();
    assertThat(found.when()).containsExactly(1, 1, 2, 1);
    assertThat(found.features()).containsExactly(1, 2, 1, 2);
    assertThat(found.values()).containsExactly(1, 2.5f, 0, 3);
  }

  @Test
  void with_an_interval_entries_are_for_times() {
    FutureValues found =
        event(
                daily,
                "{'future':[{'promo':1},{'time':'1970-01-04T00:00:00Z','promo':2},"
                    + "{'ahead':2,'price':3},{'time':5,'ahead':null,'price':4}],"
                    + "'time':0,'key':'a','sales':1}")
            .future();
    assertThat(found.when()).containsExactly(DAY, 3 * DAY, 2 * DAY, 5);
    assertThat(found.values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void null_takes_back_and_what_lies_beyond_the_reach_is_left_out() {
    FutureValues found =
        event(
                counting,
                "{'key':'a','time':0,'sales':1,'future':[{'promo':null},{},{},{'promo':4},"
                    + "{'ahead':99999999999999999999,'promo':5},{'ahead':3,'promo':6}]}")
            .future();
    assertThat(found.when()).containsExactly(1, 3);
    assertThat(found.values()).containsExactly(Float.NaN, 6);
  }

  @Test
  void a_record_without_any_field_of_an_observation_is_a_future_update() {
    KeyedEvent found = event(counting, "{'key':'a','time':7,'future':[{'promo':1}]}");
    assertThat(found).isInstanceOf(FutureUpdate.class);
    assertThat(found.time()).isEqualTo(7);
    assertThat(found.partition()).isEqualTo(3);
    assertThat(found.offset()).isEqualTo(42);
    assertThat(event(counting, "{'key':'a','time':7,'future':[]}"))
        .isInstanceOf(FutureUpdate.class);
  }

  @Test
  void a_record_with_a_null_field_or_without_a_future_is_an_observation() {
    assertThat(event(counting, "{'key':'a','time':7,'sales':null,'future':[{'promo':1}]}"))
        .isInstanceOf(Observation.class);
    assertThat(event(counting, "{'key':'a','time':7,'future':null}"))
        .isInstanceOf(Observation.class);
    assertThat(event(counting, "{'key':'a','time':7}")).isInstanceOf(Observation.class);
  }

  @Test
  void nothing_of_a_future_is_left_in_the_next_record() {
    event(counting, "{'key':'a','time':7,'future':[{'promo':1}]}");
    letter(counting, "{'key':'a','time':7,'sales':1,'future':[{'promo':1},{'promo':[]}]}");
    KeyedEvent found = event(counting, "{'key':'a','time':8,'sales':1}");
    assertThat(found).isInstanceOf(Observation.class);
    assertThat(found.future().size()).isZero();
    assertThat(event(counting, "{'key':'a','time':8,'future':[{'promo':1}],'future':null}"))
        .isInstanceOf(Observation.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | wrong-type | future: 5 (expected a list of entries or null)",
        "{'promo':1} | wrong-type | future: an object (expected a list of entries or null)",
        "[{},7] | wrong-type | future[1].entry: 7 (expected an object)",
        "[{'promo':'x'}] | wrong-type | future[0].promo: \"x\" (expected a number or null)",
        "[{'promo':NaN}] | not-finite | future[0].promo: NaN (expected a finite number within ±3.4e38)",
        "[{'ahead':0,'promo':1}] | invalid-future | future[0].ahead: 0 (expected 1 or more)",
        "[{'ahead':1.5}] | wrong-type | future[0].ahead: 1.5 (expected a whole number or null)",
        "[{'time':5,'promo':1}] | invalid-future |"
            + " future[0].time: 5 (expected ahead, because input.interval is not set)",
      })
  void what_is_wrong_with_an_entry_is_named_with_its_place(
      String future, String reason, String detail) {
    DeadLetter letter = letter(counting, "{'key':'a','time':0,'sales':1,'future':" + future + "}");
    assertThat(letter.reason()).isEqualTo(reason);
    assertThat(letter.detail()).isEqualTo(detail);
    assertThat(letter.value()).isNotNull();
  }

  @Test
  void times_are_checked_and_stand_alone() {
    DeadLetter text =
        letter(daily, "{'key':'a','time':0,'sales':1,'future':[{'time':'soon','promo':1}]}");
    assertThat(text.reason()).isEqualTo(Reasons.INVALID_TIME);
    assertThat(text.detail()).startsWith("future[0].time: \"soon\" (expected ISO-8601");
    DeadLetter both =
        letter(daily, "{'key':'a','time':0,'sales':1,'future':[{'time':5,'ahead':1}]}");
    assertThat(both.reason()).isEqualTo(Reasons.INVALID_FUTURE);
    assertThat(both.detail()).isEqualTo("future[0].time: beside ahead (expected one of the two)");
  }

  @Test
  void names_without_a_future_are_left_out_and_counted() {
    KeyedEvent found =
        event(
            counting,
            "{'key':'a','time':0,'sales':1,'gone':2,"
                + "'future':[{'sales':1,'dropped':{'x':[1]},'promo':7}]}");
    assertThat(found).isInstanceOf(Observation.class);
    assertThat(found.future().values()).containsExactly(7);
    assertThat(counting.unknownFutureFields()).isEqualTo(2);
    assertThat(counting.unknownFields()).isEqualTo(1);
  }

  @Test
  void where_no_feature_has_a_future_it_is_an_unknown_field() {
    ObservationJsonReader without =
        new ObservationJsonReader(
            new ObservationSchema(List.of("sales"), List.of(), null), Duration.ofDays(1));
    KeyedEvent found = event(without, "{'key':'a','time':0,'sales':1,'future':[{'promo':1}]}");
    assertThat(found).isInstanceOf(Observation.class);
    assertThat(found.future().size()).isZero();
    assertThat(letter(without, "{'key':'a','time':0,'future':[{'promo':1}]}").reason())
        .isEqualTo(Reasons.NO_FEATURES);
  }

  private static ObservationJsonReader json(long interval) {
    return new ObservationJsonReader(
        new ObservationSchema(
            List.of("sales", "promo", "price"),
            List.of(),
            null,
            new FutureFields(List.of("promo", "price"), 3, interval)),
        Duration.ofDays(1));
  }

  private static KeyedEvent event(ObservationJsonReader json, String text) {
    return (KeyedEvent) decode(json, text);
  }

  private static DeadLetter letter(ObservationJsonReader json, String text) {
    return (DeadLetter) decode(json, text);
  }

  private static Decoded decode(ObservationJsonReader json, String text) {
    byte[] value = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return json.decode(null, value, "observations", 3, 42, NOW);
  }
}
