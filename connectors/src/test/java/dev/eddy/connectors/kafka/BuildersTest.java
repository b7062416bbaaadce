package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.sink.DeadLetterSink;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.sink.PredictionSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.connector.source.Boundedness;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BuildersTest {
  private static final Map<String, String> CLIENT = Map.of("bootstrap.servers", "localhost:9092");
  private static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("temp"), List.of(), null);

  @Test
  void what_is_missing_is_refused_by_name() {
    refuses(
        () -> ObservationSource.builder().topic("t").schema(SCHEMA).build(),
        "observation source: bootstrap.servers: none (must be host:port)");
    refuses(
        () -> ObservationSource.builder().client(CLIENT).schema(SCHEMA).build(),
        "observation source: topic: none (must be set)");
    refuses(
        () -> ObservationSource.builder().client(CLIENT).topic("t").build(),
        "observation source: schema: none (must be set)");
    refuses(
        () -> AnnouncementSource.builder().client(CLIENT).build(),
        "announcement source: topic: none (must be set)");
    refuses(
        () -> PredictionSink.builder().client(CLIENT).transactionalIdPrefix("p").build(),
        "prediction sink: topic: none (must be set)");
    refuses(
        () -> PredictionSink.builder().client(CLIENT).topic("t").build(),
        "prediction sink: transactional id prefix: none (must be set)");
    refuses(
        () -> DeadLetterSink.builder().client(CLIENT).topic("t").build(),
        "dead-letter sink: transactional id prefix: none (must be set)");
  }

  @Test
  void at_least_once_needs_no_transactional_id() {
    assertThat(
            DeadLetterSink.builder()
                .client(CLIENT)
                .topic("t")
                .delivery(Delivery.AT_LEAST_ONCE)
                .build())
        .isNotNull();
  }

  @Test
  void a_source_is_bounded_only_when_told_to() {
    ObservationSource usual =
        ObservationSource.builder().client(CLIENT).topic("t").schema(SCHEMA).group("g");
    assertThat(usual.build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(usual.bounded().build().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    AnnouncementSource models = AnnouncementSource.builder().client(CLIENT).topic("m");
    assertThat(models.build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(models.bounded().build().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
  }

  @Test
  void event_time_is_the_observations_own_and_a_dead_letter_has_none() {
    TimestampAssignerSupplier.Context context = null;
    var strategy = EventTime.observations(Duration.ofSeconds(1), Duration.ZERO);
    var assigner = strategy.createTimestampAssigner(context);
    Observation observation = new Observation("a", 17, new double[1], new String[0], null, 0, 0);
    DeadLetter letter = new DeadLetter("malformed", "", "t", 0, 0, null, null);
    assertThat(assigner.extractTimestamp(observation, 99)).isEqualTo(17);
    assertThat(assigner.extractTimestamp(letter, 99)).isEqualTo(Long.MIN_VALUE);
    Announcement announcement = new Announcement("1", "w@1", 0, "carry", "ab", "store");
    assertThat(
            EventTime.<Announcement>unbound()
                .createTimestampAssigner(context)
                .extractTimestamp(announcement, 99))
        .isEqualTo(Long.MIN_VALUE);
  }

  private static void refuses(ThrowingCallable call, String line) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
  }
}
