package dev.eddy.pipeline.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedJoinOperatorTest {
  private static final Duration AWAIT = Duration.ofSeconds(1);
  private static final SharedFeatures FEATURES =
      SharedValuesTest.features(Duration.ZERO, AWAIT, Duration.ofMillis(100));

  private static JoinHarness started(SharedLog log) throws Exception {
    JoinHarness harness = new JoinHarness(FEATURES, new HashMapStateBackend(), log);
    harness.open();
    return harness;
  }

  private static JoinHarness started() throws Exception {
    return started(values -> {});
  }

  @Test
  void an_observation_waits_for_values_of_its_time() throws Exception {
    try (var harness = started()) {
      harness.observe("a", 100);
      harness.share(0, 90, 5);
      assertThat(harness.gone()).isEmpty();
      harness.observe("b", 80);
      assertThat(harness.gone()).containsExactly("b80:NaN");

      harness.share(1, 100, 6);
      assertThat(harness.gone()).containsExactly("b80:NaN", "a100:6.0");
      harness.observe("a", 95);
      assertThat(harness.gone()).endsWith("a95:5.0");
    }
  }

  @Test
  void it_goes_on_with_what_is_known_after_a_while() throws Exception {
    try (var harness = started()) {
      harness.setProcessingTime(10_000);
      harness.share(0, 90, 5);
      harness.observe("a", 100);
      harness.setProcessingTime(10_500);
      harness.observe("a", 110);
      harness.setProcessingTime(10_999);
      assertThat(harness.gone()).isEmpty();
      harness.setProcessingTime(11_000);
      assertThat(harness.gone()).containsExactly("a100:5.0");
      harness.setProcessingTime(11_500);
      assertThat(harness.gone()).containsExactly("a100:5.0", "a110:5.0");
    }
  }

  @Test
  void what_follows_of_its_key_waits_behind_it() throws Exception {
    try (var harness = started()) {
      harness.share(0, 90, 5);
      harness.observe("a", 100);
      harness.observe("a", 80); // out of order, for whom it comes to to say
      harness.observe("a", 120);
      assertThat(harness.gone()).isEmpty();
      harness.share(1, 110, 6);
      assertThat(harness.gone()).containsExactly("a100:5.0", "a80:NaN");
      harness.endObservations();
      assertThat(harness.gone()).endsWith("a120:6.0");
    }
  }

  @Test
  void what_is_on_the_topic_is_known_at_the_start() throws Exception {
    SharedLog log =
        values -> {
          values.add(SharedValuesTest.shared(0, 90, 5, 0));
          values.add(SharedValuesTest.shared(1, 95, 6, 0));
        };
    try (var harness = new JoinHarness(FEATURES, new HashMapStateBackend(), log)) {
      harness.setProcessingTime(50_000);
      harness.open();
      harness.observe("a", 93);
      harness.share(0, 90, 7); // known already
      harness.observe("a", 94);
      assertThat(harness.gone()).containsExactly("a93:5.0", "a94:5.0");

      // Written longer ago than it would wait: what came in time for it is known.
      harness.observe(recorded(200, 49_000));
      harness.observe(recorded(210, 49_001));
      assertThat(harness.gone()).endsWith("c200:6.0").hasSize(3);
    }
  }

  private static Observation recorded(long time, long recordTime) {
    Observation alone = SharedValuesTest.alone("c", time);
    return new Observation(
        "c", time, alone.numeric(), alone.categories(), null, alone.future(), 0, 0, recordTime);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void what_waits_and_what_is_known_outlive_a_failure_once(String backend) throws Exception {
    OperatorSubtaskState state;
    SharedLog log = values -> values.add(SharedValuesTest.shared(0, 90, 5, 0));
    try (var harness = new JoinHarness(FEATURES, backend(backend), log)) {
      harness.open();
      harness.setProcessingTime(10_000);
      harness.observe("a", 100);
      harness.observe("b", 100);
      harness.observe("a", 101);
      state = harness.snapshot(1, 1);
      assertThat(harness.gone()).isEmpty();
    }
    try (var harness = new JoinHarness(FEATURES, backend(backend), values -> {})) {
      harness.setProcessingTime(10_900);
      harness.initializeState(state);
      harness.open();
      harness.share(0, 90, 7);
      harness.observe("a", 102);
      assertThat(harness.gone()).isEmpty();
      harness.setProcessingTime(11_000);
      assertThat(harness.gone()).containsExactlyInAnyOrder("a100:5.0", "b100:5.0", "a101:5.0");
      harness.share(1, 102, 6);
      assertThat(harness.gone()).endsWith("a102:6.0").hasSize(4);
    }
  }

  static StateBackend backend(String name) {
    EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend();
    rocks.getMemoryConfiguration().setFixedMemoryPerSlot(MemorySize.ofMebiBytes(32));
    return name.equals("hashmap") ? new HashMapStateBackend() : rocks;
  }

  @Test
  void the_shared_topic_holds_no_watermark_back_and_old_values_are_forgotten() throws Exception {
    try (var harness = started()) {
      for (int i = 0; i < 1_000; i++) {
        harness.share(i, i, i);
      }
      harness.observe("a", 500);
      harness.watermark(899);
      harness.observe("a", 899);
      harness.observe("b", 799);
      harness.observe("b", 798);
      assertThat(harness.gone())
          .containsExactly("a500:500.0", "a899:899.0", "b799:799.0", "b798:NaN");
      assertThat(harness.getOutput()).contains(new Watermark(899));
    }
  }

  @Test
  void no_more_of_a_key_wait_than_may() throws Exception {
    try (var harness = started()) {
      for (int i = 0; i < SharedJoinOperator.MOST + 5; i++) {
        harness.observe("a", 100 + i);
      }
      assertThat(harness.gone()).hasSize(5);
    }
  }
}
