package dev.eddy.connectors.serde.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written as Avro is read as it was: of generated schemas, and of others'. */
class AvroRoundTripTest {
  private static final long NOON = Instant.parse("2025-12-31T12:00:00Z").toEpochMilli();
  private static final FutureFields FUTURE = new FutureFields(List.of("promo"), 7, 86_400_000);

  private static ObservationSchema schema(Map<String, String> paths) {
    ObservationSchema plain =
        new ObservationSchema(
            List.of("load", "promo"), List.of("town"), "label", FUTURE, RecordLayout.of(paths));
    return in(plain, ObservationAvroSchema.of(plain, "my-shops"));
  }

  private static ObservationSchema in(ObservationSchema plain, String avro) {
    return new ObservationSchema(
        plain.numeric(),
        plain.categorical(),
        plain.label(),
        plain.future(),
        plain.layout().in(new RecordFormat.Avro(avro)));
  }

  private static KeyedEvent roundTrip(ObservationSchema schema, KeyedEvent event) {
    byte[] value = ObservationWriter.of(schema).write(event);
    return (KeyedEvent)
        RecordFormats.reader(schema, Duration.ofDays(1)).decode(null, value, "topic", 0, 0, NOON);
  }

  private static Observation observation(double load, @Nullable String town, FutureValues future) {
    return new Observation(
        "a",
        NOON,
        new double[] {load, Double.NaN},
        new String[] {town},
        town == null ? null : "rain",
        future,
        0,
        0,
        NOON);
  }

  private static void assertSame(KeyedEvent read, Observation written) {
    assertThat(told((Observation) read)).isEqualTo(told(written));
  }

  /** All that it says, in words that are equal where NaN is. */
  private static List<String> told(Observation observation) {
    return List.of(
        observation.key() + observation.time() + observation.label(),
        Arrays.toString(observation.numeric()),
        Arrays.toString(observation.categories()),
        Arrays.toString(observation.future().when()),
        Arrays.toString(observation.future().features()),
        Arrays.toString(observation.future().values()));
  }

  @Test
  void observations_go_round_by_the_generated_schema_nested_ones_too() {
    for (Map<String, String> paths :
        List.<Map<String, String>>of(
            Map.of(), Map.of("time", "data.at", "load", "data.v.load", "label", "meta.class"))) {
      ObservationSchema schema = schema(paths);
      FutureValues told =
          new FutureValues(
              new long[] {NOON + 86_400_000, NOON + 2 * 86_400_000},
              new int[] {1, 1},
              new double[] {1, Double.NaN});
      Observation full = observation(2.5, "oslo", told);
      Observation empty = observation(Double.NaN, null, FutureValues.NONE);
      assertSame(roundTrip(schema, full), full);
      assertSame(roundTrip(schema, empty), empty);
    }
  }

  @Test
  void a_record_that_tells_a_future_and_has_no_value_of_an_observation_is_a_future_update() {
    FutureUpdate update =
        new FutureUpdate(
            "a",
            NOON,
            new FutureValues(new long[] {NOON + 86_400_000}, new int[] {1}, new double[] {1}),
            0,
            0);
    assertThat(roundTrip(schema(Map.of()), update)).usingRecursiveComparison().isEqualTo(update);
  }

  @Test
  void the_generated_schema_is_the_same_each_time_and_named_after_the_deployment() {
    ObservationSchema schema = schema(Map.of());
    String first = ObservationAvroSchema.of(schema, "my-shops");
    assertThat(ObservationAvroSchema.of(schema(Map.of()), "my-shops")).isEqualTo(first);
    assertThat(first)
        .startsWith(
            "{\"type\":\"record\",\"name\":\"Observation\",\"namespace\":\"my_shops\",\"fields\":["
                + "{\"name\":\"key\",\"type\":\"string\"},"
                + "{\"name\":\"time\",\"type\":{\"type\":\"long\","
                + "\"logicalType\":\"timestamp-millis\"}},"
                + "{\"name\":\"load\",\"type\":[\"null\",\"double\"],\"default\":null}");
  }

  @Test
  void a_name_that_avro_cannot_have_is_refused_with_the_setting_that_helps() {
    ObservationSchema schema = new ObservationSchema(List.of("load kW"), List.of(), null);
    assertThatThrownBy(() -> ObservationAvroSchema.of(schema, "d"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("input.fields: {load kW: load_kW}");
  }

  @Test
  void files_are_sent_by_the_schema_that_others_gave() {
    String theirs =
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "source", "type": "string", "default": "eddy"},
          {"name": "at", "type": "long"},
          {"name": "load", "type": [{"type": "fixed", "name": "F", "size": 8, "logicalType":
            "decimal", "precision": 10, "scale": 1}, "null"]},
          {"name": "key", "type": "string"}]}
        """;
    RecordLayout layout =
        new RecordLayout(
            Map.of("time", "at"),
            KeySource.EITHER,
            KeyCoding.UTF8,
            EpochUnit.S,
            null,
            ZoneOffset.UTC,
            false,
            new RecordFormat.Avro(theirs));
    ObservationSchema schema =
        new ObservationSchema(List.of("load"), List.of(), null, FutureFields.NONE, layout);
    for (double load : new double[] {-2.5, 0, 1e6, Double.NaN}) {
      Observation written =
          new Observation("a", NOON, new double[] {load}, new String[0], null, 0, 0);
      Observation read = (Observation) roundTrip(schema, written);
      assertSame(read, written);
    }
  }

  @Test
  void a_feature_without_a_place_in_their_schema_is_refused_rather_than_lost() {
    String theirs =
        """
        {"type": "record", "name": "R", "fields": [{"name": "key", "type": "string"},
          {"name": "time", "type": "string"}, {"name": "load", "type": "double"}]}
        """;
    ObservationSchema schema =
        in(new ObservationSchema(List.of("load", "wind"), List.of(), null), theirs);
    assertThatThrownBy(() -> ObservationWriter.of(schema))
        .hasMessage("input.schema: no field wind (must be a schema that has one, for wind)");
  }
}
