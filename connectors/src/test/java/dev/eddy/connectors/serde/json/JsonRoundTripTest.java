package dev.eddy.connectors.serde.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonRoundTripTest {
  private final ObservationJsonReader reader =
      new ObservationJsonReader(Events.SCHEMA, Duration.ofDays(1));
  private final ObservationJsonWriter writer = new ObservationJsonWriter(Events.SCHEMA);
  private final PredictionJsonReader predictionReader = new PredictionJsonReader();
  private final PredictionJsonWriter predictionWriter = new PredictionJsonWriter();

  @Property
  void an_event_comes_back_bit_for_bit(@ForAll("events") KeyedEvent event) {
    Assume.that(event.key().chars().noneMatch(Character::isISOControl)); // refused
    byte[] value = writer.write(event);
    byte[] key = event.key().getBytes(UTF_8);
    Decoded found = reader.decode(key, value, "t", event.partition(), event.offset(), event.time());
    assertThat(Events.exactly(found)).isEqualTo(Events.exactly(event));
  }

  @Property
  void a_prediction_comes_back_bit_for_bit(@ForAll("predictions") Prediction prediction) {
    Prediction found = predictionReader.read(predictionWriter.write(prediction));
    assertThat(Events.exactly(found)).isEqualTo(Events.exactly(prediction));
  }

  @Example
  void a_value_far_from_zero_comes_out_as_it_came() {
    byte[] record =
        "{'key':'a','time':'2026-01-01T00:00:00Z','temp':1090000003.5}"
            .replace('\'', '"')
            .getBytes(UTF_8);

    Decoded found = reader.decode(null, record, "t", 0, 0, Observation.NO_RECORD_TIME);

    double[] numeric = ((Observation) found).numeric();
    assertThat(numeric[Events.SCHEMA.numeric().indexOf("temp")]).isEqualTo(1_090_000_003.5);
    assertThat(new String(writer.write((Observation) found), UTF_8)).contains("1.0900000035E9");
  }

  @Property
  void bytes_of_any_kind_are_decoded_without_throwing(@ForAll byte[] key, @ForAll byte[] value) {
    assertThat(reader.decode(key, value, "t", 0, 0, Observation.NO_RECORD_TIME)).isNotNull();
  }

  @Property
  void a_damaged_record_is_decoded_without_throwing(
      @ForAll("observations") Observation observation, @ForAll byte damage, @ForAll int place) {
    byte[] value = writer.write(observation);
    value[Math.floorMod(place, value.length)] = damage;
    Decoded found = reader.decode(null, value, "t", 0, 0, Observation.NO_RECORD_TIME);
    if (found instanceof DeadLetter letter) {
      assertThat(letter.value()).isSameAs(value);
      assertThat(letter.detail()).doesNotContain("\n");
    }
    byte[] cut = Arrays.copyOf(value, Math.floorMod(place, value.length));
    assertThat(reader.decode(null, cut, "t", 0, 0, Observation.NO_RECORD_TIME))
        .isInstanceOf(DeadLetter.class);
  }

  @Example
  void a_forecast_has_the_published_shape() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "weather@7", List.of("heat"), List.of(1, 7), List.of(0.1, 0.5), 86_400_000);
    long time = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    Prediction prediction =
        new Prediction("Oslo", time, 2, 99, shape, new double[] {1.5, 2, -3, 1e-4});
    assertThat(tree(predictionWriter.write(prediction)))
        .isEqualTo(
            tree(
                """
                {"key":"Oslo","time":"2026-01-01T00:00:00Z","model":"weather@7",
                 "partition":2,"offset":99,"forecasts":[
                 {"horizon":1,"time":"2026-01-02T00:00:00Z","quantiles":{"0.1":1.5,"0.5":2.0}},
                 {"horizon":7,"time":"2026-01-08T00:00:00Z","quantiles":{"0.1":-3.0,"0.5":1.0E-4}}]}
                """
                    .getBytes(UTF_8)));
  }

  @Example
  void forecasts_of_several_targets_name_them() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast("w@1", List.of("heat", "rain"), List.of(1), List.of(0.5), 0);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {1.5, 2});
    assertThat(tree(predictionWriter.write(prediction)).path("forecasts"))
        .isEqualTo(
            tree(
                """
                [{"target":"heat","horizon":1,"quantiles":{"0.5":1.5}},
                 {"target":"rain","horizon":1,"quantiles":{"0.5":2.0}}]
                """
                    .getBytes(UTF_8)));
  }

  @Example
  void a_flat_record_has_a_scalar_for_each_quantile() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "w@1", List.of("heat"), List.of(1, 24), List.of(0.1, 0.5), 3_600_000);
    Prediction prediction =
        new Prediction("a", 0, 0, 1, shape, new double[] {1.5, 2, Double.NaN, 4});
    byte[] flat = writer(List.of(), OutputSettings.Format.FLAT).write(prediction);
    assertThat(new String(flat, UTF_8))
        .isEqualTo(
            "{\"key\":\"a\",\"time\":\"1970-01-01T00:00:00Z\",\"model\":\"w@1\",\"partition\":0,"
                + "\"offset\":1,\"h1_q0.1\":1.5,\"h1_q0.5\":2.0,\"h24_q0.1\":null,\"h24_q0.5\":4.0}");
  }

  @Example
  void flat_forecasts_of_several_targets_begin_with_their_names() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "w@1", List.of("temp_max", "a_h1_q0"), List.of(1), List.of(0.5, 0.9999), 0);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {1, 2, 3, 4});
    byte[] flat = writer(List.of(), OutputSettings.Format.FLAT).write(prediction);
    assertThat(tree(flat).path("temp_max_h1_q0.5").floatValue()).isEqualTo(1);
    assertThat(tree(flat).path("temp_max_h1_q0.9999").floatValue()).isEqualTo(2);
    assertThat(tree(flat).path("a_h1_q0_h1_q0.5").floatValue()).isEqualTo(3);
    Prediction read = predictionReader.read(flat);
    assertThat(read.shape()).isEqualTo(shape);
    assertThat(read.values()).isEqualTo(prediction.values());
  }

  @Example
  void a_flat_class_prediction_has_the_label_and_a_probability_for_each() throws IOException {
    PredictionShape shape = new PredictionShape.Classes("w@1", List.of("rain", "sun"));
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {0.25, 0.75});
    byte[] flat = writer(List.of(), OutputSettings.Format.FLAT).write(prediction);
    assertThat(tree(flat))
        .isEqualTo(
            tree(
                """
                {"key":"a","time":"1970-01-01T00:00:00Z","model":"w@1","partition":0,"offset":1,
                 "label":"sun","p_rain":0.25,"p_sun":0.75}
                """
                    .getBytes(UTF_8)));
    assertThat(predictionReader.read(flat).shape()).isEqualTo(shape);
    assertThat(predictionReader.read(flat).values()).isEqualTo(prediction.values());
  }

  @Example
  void only_the_horizons_asked_for_are_written() {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "w@1", List.of("heat", "rain"), List.of(1, 2, 300), List.of(0.5), 60_000);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {1, 2, 3, 4, 5, 6});
    for (OutputSettings.Format format : OutputSettings.Format.values()) {
      Prediction read =
          predictionReader.read(writer(List.of(2, 300, 400), format).write(prediction));
      PredictionShape.Forecast written = (PredictionShape.Forecast) read.shape();
      assertThat(written.targets()).containsExactly("heat", "rain");
      assertThat(written.horizons()).containsExactly(2, 300);
      assertThat(read.values()).containsExactly(2, 3, 5, 6);
    }
  }

  private static PredictionJsonWriter writer(List<Integer> horizons, OutputSettings.Format format) {
    return new PredictionJsonWriter(new OutputSettings(horizons, format));
  }

  @Example
  void a_class_prediction_has_the_published_shape() throws IOException {
    PredictionShape shape = new PredictionShape.Classes("w@1", List.of("rain", "sun"));
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {0.25, 0.75});
    assertThat(tree(predictionWriter.write(prediction)))
        .isEqualTo(
            tree(
                """
                {"key":"a","time":"1970-01-01T00:00:00Z","model":"w@1","partition":0,"offset":1,
                 "label":"sun","probabilities":{"rain":0.25,"sun":0.75}}
                """
                    .getBytes(UTF_8)));
  }

  @Example
  void a_target_time_is_left_out_where_horizons_count_observations() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast("w@1", List.of("heat"), List.of(1), List.of(0.5), 0);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new double[] {0.25});
    assertThat(tree(predictionWriter.write(prediction)).at("/forecasts/0").has("time")).isFalse();
  }

  @Example
  void the_writer_goes_on_after_a_prediction_that_cannot_be_written() throws IOException {
    PredictionShape shape = new PredictionShape.Classes("w@1", List.of("rain", "sun"));
    Prediction unwritable = new Prediction("a", Long.MAX_VALUE, 0, 1, shape, new double[2]);
    assertThatThrownBy(() -> predictionWriter.write(unwritable))
        .isInstanceOf(IllegalArgumentException.class);
    Prediction good = new Prediction("a", 0, 0, 1, shape, new double[] {0.25, 0.75});
    assertThat(tree(predictionWriter.write(good)).path("label").asText()).isEqualTo("sun");
  }

  @Property
  void bytes_of_any_kind_are_no_prediction_and_no_announcement(@ForAll byte[] value) {
    assertThatThrownBy(() -> predictionReader.read(value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AnnouncementJson.read(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void an_announcement_comes_back(@ForAll("effectiveFrom") long from, @ForAll("keys") String id) {
    Announcement announcement = new Announcement(id, "w@7", from, "carry", "ab12", "/store");
    assertThat(AnnouncementJson.read(AnnouncementJson.write(announcement))).isEqualTo(announcement);
    Announcement shadow = announcement.asShadow();
    assertThat(AnnouncementJson.read(AnnouncementJson.write(shadow))).isEqualTo(shadow);
    Announcement retraction = Announcement.retraction(id, "w@7", "ab12");
    assertThat(AnnouncementJson.read(AnnouncementJson.write(retraction))).isEqualTo(retraction);
  }

  @Example
  void an_announcement_of_a_shadow_names_no_model_that_an_older_eddy_would_let_serve()
      throws IOException {
    Announcement shadow = new Announcement("id", "w@7", 5, "reset", "ab", "/store").asShadow();
    JsonNode written = tree(AnnouncementJson.write(shadow));
    assertThat(written.path("shadow").asText()).isEqualTo("w@7");
    assertThat(written.has("model")).isFalse();
  }

  @Provide
  Arbitrary<KeyedEvent> events() {
    return Arbitraries.oneOf(
        Events.observations().map(event -> (KeyedEvent) event),
        Events.futureUpdates().map(event -> (KeyedEvent) event));
  }

  @Provide
  Arbitrary<Observation> observations() {
    return Events.observations();
  }

  @Provide
  Arbitrary<Prediction> predictions() {
    return Events.predictions();
  }

  @Provide
  Arbitrary<String> keys() {
    return Events.keys();
  }

  @Provide
  Arbitrary<Long> effectiveFrom() {
    return Arbitraries.oneOf(Events.times(), Arbitraries.just(Long.MIN_VALUE));
  }

  private static JsonNode tree(byte[] json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
