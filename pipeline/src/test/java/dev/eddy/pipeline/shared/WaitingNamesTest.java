package dev.eddy.pipeline.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.shared.SharedRecords;
import dev.eddy.pipeline.waiting.StoredNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observations that wait keep their meaning when a deployment's features change. */
class WaitingNamesTest {
  private static final Path OLDER =
      Path.of("src/test/resources/dev/eddy/pipeline/waiting/eddy-0.1.0");

  private static SharedFeatures features(
      List<String> numeric, List<String> categorical, int interval) {
    ObservationSchema observations =
        new ObservationSchema(
            numeric,
            categorical,
            null,
            new FutureFields(List.of("price"), 3, interval),
            RecordLayout.PLAIN,
            List.of("price"));
    return new SharedFeatures(
        "shared",
        SharedRecords.schema(List.of("price"), Map.of(), observations),
        observations,
        Duration.ofDays(1),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofDays(1));
  }

  private static final SharedFeatures BEFORE =
      features(List.of("load", "price", "wind"), List.of("site", "kind"), 10);

  /** Load 1, wind 3, site s and kind k, telling that the price will be 9. */
  private static Observation waiting(String key) {
    FutureValues told = new FutureValues(new long[] {120}, new int[] {1}, new double[] {9});
    return new Observation(
        key,
        100,
        new double[] {1, Double.NaN, 3},
        new String[] {"s", "k"},
        null,
        told,
        2,
        7,
        Observation.NO_RECORD_TIME);
  }

  private static OperatorSubtaskState stored(String backend) throws Exception {
    try (var harness = harness(BEFORE, backend)) {
      harness.open();
      harness.observe(waiting("a"));
      return harness.snapshot(1, 1);
    }
  }

  private static JoinHarness harness(SharedFeatures features, String backend) throws Exception {
    return new JoinHarness(features, SharedJoinOperatorTest.backend(backend), values -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void values_go_by_their_names_and_what_is_new_is_missing(String backend) throws Exception {
    SharedFeatures after =
        features(List.of("temp", "wind", "price", "load"), List.of("kind", "colour"), 10);
    try (var harness = harness(after, backend)) {
      harness.initializeState(stored(backend));
      harness.open();
      harness.observe(
          new Observation(
              "a", 110, new double[] {5, 6, 7, 8}, new String[] {"l", "c"}, null, 2, 8));
      OperatorSubtaskState both = harness.snapshot(2, 2);
      try (var again = harness(features(List.of("load", "price"), List.of("site"), 10), backend)) {
        again.initializeState(both); // of two sets of names
        again.open();
        again.endObservations();
        assertThat(described(again)).containsExactly("[1.0, NaN] [s] 1=9.0", "[8.0, 7.0] [null] ");
      }
      harness.endObservations();
      assertThat(described(harness))
          .containsExactly("[NaN, 3.0, NaN, 1.0] [k, null] 2=9.0", "[5.0, 6.0, 7.0, 8.0] [l, c] ");
    }
  }

  private static List<String> described(JoinHarness harness) {
    return harness.extractOutputValues().stream().map(WaitingNamesTest::described).toList();
  }

  private static String described(KeyedEvent event) {
    Observation of = (Observation) event;
    StringBuilder text = new StringBuilder(java.util.Arrays.toString(of.numeric()));
    text.append(' ').append(java.util.Arrays.toString(of.categories())).append(' ');
    for (int i = 0; i < of.future().size(); i++) {
      text.append(of.future().features()[i]).append('=').append(of.future().values()[i]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_has_nothing_left_is_a_dead_letter(String backend) throws Exception {
    SharedFeatures after = features(List.of("temp", "price"), List.of(), 10);
    try (var harness = harness(after, backend)) {
      harness.initializeState(stored(backend));
      harness.open();
      harness.endObservations();
      assertThat(harness.gone()).isEmpty();
      DeadLetter letter = letter(harness);
      assertThat(letter.reason()).isEqualTo(Reasons.NO_FEATURES);
      assertThat(letter.topic() + letter.partition() + letter.offset()).isEqualTo("observed27");
      assertThat(new String(letter.value(), StandardCharsets.UTF_8))
          .contains("\"load\":1", "\"wind\":3", "\"site\":\"s\"", "\"price\":9");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_is_told_for_times_cannot_be_told_for_places(String backend) throws Exception {
    SharedFeatures after = features(List.of("load", "price", "wind"), List.of("site", "kind"), 0);
    try (var harness = harness(after, backend)) {
      harness.initializeState(stored(backend));
      harness.open();
      harness.endObservations();
      assertThat(letter(harness).reason()).isEqualTo(Reasons.CHANGED_FEATURES);
      assertThat(letter(harness).detail()).startsWith("future: ").contains("input.interval");
    }
  }

  private static DeadLetter letter(JoinHarness harness) {
    List<DeadLetter> letters =
        harness.getSideOutput(StoredNames.LOST).stream().map(StreamRecord::getValue).toList();
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_an_older_eddy_stored_goes_on(String backend) throws Exception {
    SharedFeatures features =
        SharedValuesTest.features(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(100));
    try (var harness = harness(features, backend)) {
      harness.setProcessingTime(10_600);
      harness.initializeState(older(backend));
      harness.open();
      harness.observe("a", 102);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(11_000);
      assertThat(harness.extractOutputValues())
          .extracting(each -> each.key() + each.time())
          .containsExactlyInAnyOrder("a100", "b100", "b101");
      harness.setProcessingTime(20_000);
      assertThat(harness.extractOutputValues())
          .extracting(each -> each.key() + each.time())
          .endsWith("a101", "a102");
      assertThat(((Observation) harness.extractOutputValues().get(3)).numeric())
          .containsExactly(4, 6, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_an_older_eddy_stored_of_other_features_is_a_dead_letter(String backend)
      throws Exception {
    try (var harness = harness(BEFORE, backend)) { // two categorical features more
      harness.initializeState(older(backend));
      harness.open();
      harness.endObservations();
      assertThat(harness.extractOutputValues()).hasSize(1); // the future update
      assertThat(harness.getSideOutput(StoredNames.LOST))
          .extracting(each -> each.getValue().reason())
          .containsExactly(
              Reasons.CHANGED_FEATURES, Reasons.CHANGED_FEATURES, Reasons.CHANGED_FEATURES);
    }
  }

  private static OperatorSubtaskState older(String backend) throws Exception {
    return OperatorSnapshotUtil.readStateHandle(OLDER.resolve("shared-" + backend).toString());
  }
}
