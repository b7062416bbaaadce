package dev.eddy.connectors.serde;

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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonRoundTripTest {
  private final ObservationJson reader =
      new ObservationJson(Events.SCHEMA, Duration.ofDays(1), () -> IsoTime.MAX);
  private final ObservationJsonWriter writer = new ObservationJsonWriter(Events.SCHEMA);
  private final PredictionJsonReader predictionReader = new PredictionJsonReader();
  private final PredictionJsonWriter predictionWriter = new PredictionJsonWriter();

  @Property
  void an_event_comes_back_bit_for_bit(@ForAll("events") KeyedEvent event) {
    byte[] value = writer.write(event);
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    Decoded found = reader.decode(key, value, "t", event.partition(), event.offset());
    assertThat(Events.exactly(found)).isEqualTo(Events.exactly(event));
  }

  @Property
  void a_prediction_comes_back_bit_for_bit(@ForAll("predictions") Prediction prediction) {
    Prediction found = predictionReader.read(predictionWriter.write(prediction));
    assertThat(Events.exactly(found)).isEqualTo(Events.exactly(prediction));
  }

  @Property
  void bytes_of_any_kind_are_decoded_without_throwing(@ForAll byte[] key, @ForAll byte[] value) {
    assertThat(reader.decode(key, value, "t", 0, 0)).isNotNull();
  }

  @Property
  void a_damaged_record_is_decoded_without_throwing(
      @ForAll("observations") Observation observation, @ForAll byte damage, @ForAll int place) {
    byte[] value = writer.write(observation);
    value[Math.floorMod(place, value.length)] = damage;
    Decoded found = reader.decode(null, value, "t", 0, 0);
    if (found instanceof DeadLetter letter) {
      assertThat(letter.value()).isSameAs(value);
      assertThat(letter.detail()).doesNotContain("\n");
    }
    byte[] cut = Arrays.copyOf(value, Math.floorMod(place, value.length));
    assertThat(reader.decode(null, cut, "t", 0, 0)).isInstanceOf(DeadLetter.class);
  }

  @Example
  void a_forecast_has_the_published_shape() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "weather@7", List.of("heat"), List.of(1, 7), List.of(0.1, 0.5), 86_400_000);
    long time = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    Prediction prediction =
        new Prediction("Oslo", time, 2, 99, shape, new float[] {1.5f, 2f, -3f, 1e-4f});
    assertThat(tree(predictionWriter.write(prediction)))
        .isEqualTo(
            tree(
                """
                {"key":"Oslo","time":"2026-01-01T00:00:00Z","model":"weather@7",
                 "partition":2,"offset":99,"forecasts":[
                 {"horizon":1,"time":"2026-01-02T00:00:00Z","quantiles":{"0.1":1.5,"0.5":2.0}},
                 {"horizon":7,"time":"2026-01-08T00:00:00Z","quantiles":{"0.1":-3.0,"0.5":1.0E-4}}]}
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Example
  void forecasts_of_several_targets_name_them() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast("w@1", List.of("heat", "rain"), List.of(1), List.of(0.5), 0);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new float[] {1.5f, 2f});
    assertThat(tree(predictionWriter.write(prediction)).path("forecasts"))
        .isEqualTo(
            tree(
                """
                [{"target":"heat","horizon":1,"quantiles":{"0.5":1.5}},
                 {"target":"rain","horizon":1,"quantiles":{"0.5":2.0}}]
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Example
  void a_class_prediction_has_the_published_shape() throws IOException {
    PredictionShape shape = new PredictionShape.Classes("w@1", List.of("rain", "sun"));
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new float[] {0.25f, 0.75f});
    assertThat(tree(predictionWriter.write(prediction)))
        .isEqualTo(
            tree(
                """
                {"key":"a","time":"1970-01-01T00:00:00Z","model":"w@1","partition":0,"offset":1,
                 "label":"sun","probabilities":{"rain":0.25,"sun":0.75}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Example
  void a_target_time_is_left_out_where_horizons_count_observations() throws IOException {
    PredictionShape shape =
        new PredictionShape.Forecast("w@1", List.of("heat"), List.of(1), List.of(0.5), 0);
    Prediction prediction = new Prediction("a", 0, 0, 1, shape, new float[] {0.25f});
    assertThat(tree(predictionWriter.write(prediction)).at("/forecasts/0").has("time")).isFalse();
  }

  @Example
  void the_writer_goes_on_after_a_prediction_that_cannot_be_written() throws IOException {
    PredictionShape shape = new PredictionShape.Classes("w@1", List.of("rain", "sun"));
    Prediction unwritable = new Prediction("a", Long.MAX_VALUE, 0, 1, shape, new float[2]);
    assertThatThrownBy(() -> predictionWriter.write(unwritable))
        .isInstanceOf(IllegalArgumentException.class);
    Prediction good = new Prediction("a", 0, 0, 1, shape, new float[] {0.25f, 0.75f});
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
  }

  @Provide
  Arbitrary<KeyedEvent> events() {
    return Arbitraries.oneOf(
        Events.observations().map(event -> (KeyedEvent) event),
        Events.outlooks().map(event -> (KeyedEvent) event));
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
