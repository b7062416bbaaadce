package dev.eddy.pipeline.shared;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.KeyedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for the shared topic, however much it is and wherever it is restored. */
class WaitingEventsTest {
  private static final SharedFeatures FEATURES =
      SharedValuesTest.features(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));

  @Test
  void a_key_has_one_place_in_memory_however_much_of_it_waits() {
    WaitingKeys keys = new WaitingKeys();
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.add("a", 100 - i, i)).isEqualTo(i);
    }
    assertThat(keys.count("a")).isEqualTo(1_000);
    assertThat(keys.arrivedBy(5_000)).containsExactly("a");
    assertThat(keys.upTo(99)).isEmpty();
    assertThat(keys.upTo(100)).containsExactly("a");

    keys.put(new WaitingKeys.Waiting("a", 999, 1_000, 40, 999));
    assertThat(keys.firstArrival()).isEqualTo(999);
    assertThat(keys.oldest()).isEqualTo(40);
    keys.put(new WaitingKeys.Waiting("a", 1_000, 1_000, 0, 0));
    assertThat(keys.size()).isZero();
    assertThat(keys.oldest()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_waits_is_all_there_at_another_parallelism(String backend) throws Exception {
    List<String> expected = new ArrayList<>();
    OperatorSubtaskState one;
    try (var harness = harness(backend, values -> {})) {
      harness.open();
      harness.share(0, 90, 5);
      for (int i = 0; i < 300; i++) {
        harness.observe("k" + i % 50, 100 + i);
        expected.add("k" + i % 50 + (100 + i) + ":6.0");
      }
      one = harness.snapshot(1, 1);
    }
    OperatorSubtaskState two = rescaled(one, backend, 1, 2);
    OperatorSubtaskState again = rescaled(two, backend, 2, 1);
    try (var harness = harness(backend, values -> {})) {
      harness.initializeState(again);
      harness.open();
      harness.share(1, 100, 6);
      harness.share(2, 1_000, 7);
      assertThat(harness.gone()).containsExactlyInAnyOrderElementsOf(expected);
      List<KeyedEvent> ofKey =
          harness.extractOutputValues().stream().filter(each -> each.key().equals("k7")).toList();
      assertThat(ofKey).isSortedAccordingTo(comparingLong(KeyedEvent::time));
    }
  }

  /** What the subtasks hold that go on with what others held. */
  private static OperatorSubtaskState rescaled(
      OperatorSubtaskState state, String backend, int before, int after) throws Exception {
    List<OperatorSubtaskState> parts = new ArrayList<>();
    for (int subtask = 0; subtask < after; subtask++) {
      try (var harness =
          new JoinHarness(
              FEATURES, SharedJoinOperatorTest.backend(backend), values -> {}, after, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, JoinHarness.MAX_PARALLELISM, before, after, subtask));
        harness.open();
        assertThat(harness.gone()).isEmpty();
        parts.add(harness.snapshot(2, 2));
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        parts.toArray(OperatorSubtaskState[]::new));
  }

  @Test
  void what_the_topic_tells_of_meanwhile_goes_on_after_a_restart() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness("hashmap", values -> {})) {
      harness.open();
      harness.observe("a", 100);
      harness.observe("b", 300);
      state = harness.snapshot(1, 1);
    }
    SharedLog log = values -> values.add(SharedValuesTest.shared(0, 200, 6, 0));
    try (var harness = harness("hashmap", log)) {
      harness.initializeState(state);
      harness.open();
      harness.setProcessingTime(1);
      assertThat(harness.gone()).containsExactly("a100:NaN");
    }
  }

  private static JoinHarness harness(String backend, SharedLog log) throws Exception {
    return new JoinHarness(FEATURES, SharedJoinOperatorTest.backend(backend), log);
  }
}
