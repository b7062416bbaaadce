package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class OrderWithinTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final ObservationSchema LOAD =
      new ObservationSchema(List.of("load"), List.of(), null);

  private static KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new OrderOperator(new OrderWithin(WITHIN, LOAD, "observed")),
        KeyedEvent::key,
        Types.STRING);
  }

  private static KeyedEvent event(String key, long second) {
    return new Observation(key, second * 1000, new double[] {1}, new String[0], null, 0, second);
  }

  private static List<Long> seconds(
      KeyedOneInputStreamOperatorTestHarness<String, KeyedEvent, KeyedEvent> harness, String key) {
    return harness.extractOutputValues().stream()
        .filter(each -> each.key().equals(key))
        .map(each -> each.time() / 1000)
        .toList();
  }

  @Test
  void what_is_late_by_no_more_is_put_in_order_for_each_key() throws Exception {
    try (var harness = harness()) {
      harness.open();
      List<Integer> order = new ArrayList<>();
      for (int block = 0; block < 10; block++) { // none is later than 29 s
        List<Integer> within =
            new ArrayList<>(IntStream.range(30 * block, 30 * block + 30).boxed().toList());
        Collections.shuffle(within, new Random(block));
        order.addAll(within);
      }
      for (int second : order) {
        harness.processElement(event("a", second), second * 1000L);
        harness.processElement(event("b", 1000 - second), second * 1000L);
      }
      assertThat(seconds(harness, "a")).isSorted().hasSizeGreaterThan(250);

      harness.processWatermark(Long.MAX_VALUE);

      assertThat(seconds(harness, "a"))
          .isEqualTo(IntStream.range(0, 300).mapToObj(Long::valueOf).toList());
      assertThat(seconds(harness, "b")).hasSize(300);
    }
  }

  @Test
  void an_event_waits_for_event_time_or_for_the_clock() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(5_000);
      harness.processElement(event("a", 100), 100_000);
      harness.processElement(event("b", 100), 100_000);
      harness.processElement(event("b", 99), 99_000);
      harness.processWatermark(128_999);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.setProcessingTime(34_999);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(35_000);
      assertThat(seconds(harness, "b")).containsExactly(99L, 100L);

      harness.processElement(event("c", 110), 110_000);
      harness.processWatermark(140_000);
      assertThat(seconds(harness, "c")).containsExactly(110L);
    }
  }

  @Test
  void what_has_gone_on_leaves_no_timers() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int second = 0; second < 500; second++) {
        harness.processElement(event("a", second), second * 1000L);
      }
      assertThat(harness.numEventTimeTimers()).isEqualTo(30);
      harness.setProcessingTime(1_000_000);
      assertThat(seconds(harness, "a")).hasSize(500);
      assertThat(harness.numEventTimeTimers() + harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void what_is_later_goes_on_at_once() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(event("a", 100), 100_000);
      harness.processElement(event("a", 131), 131_000);
      harness.processElement(event("a", 99), 99_000);
      assertThat(seconds(harness, "a")).containsExactly(100L, 99L);
    }
  }

  @Test
  void what_waits_outlives_a_failure_once() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      harness.processElement(event("a", 102), 102_000);
      harness.processElement(event("a", 101), 101_000);
      state = harness.snapshot(1, 1);
      harness.processWatermark(200_000);
      assertThat(seconds(harness, "a")).containsExactly(101L, 102L);
    }
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(event("a", 100), 100_000);
      harness.processWatermark(200_000);
      assertThat(seconds(harness, "a")).containsExactly(100L, 101L, 102L);
    }
  }

  @Test
  void a_record_from_the_future_does_not_end_the_order_of_its_key() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(written(100, 100), 100_000);
      harness.processElement(written(5_000, 100), 5_000_000);
      harness.processElement(written(103, 103), 103_000);
      harness.processElement(written(102, 104), 102_000);
      assertThat(seconds(harness, "a")).containsExactly(100L);

      harness.setProcessingTime(30_000); // lets all go, that from the future too
      assertThat(seconds(harness, "a")).containsExactly(100L, 102L, 103L, 5_000L);

      harness.processElement(written(106, 106), 106_000);
      harness.processElement(written(105, 107), 105_000);
      harness.processElement(written(140, 140), 140_000);
      assertThat(seconds(harness, "a")).endsWith(5_000L, 105L, 106L);
    }
  }

  private static KeyedEvent written(long second, long recordSecond) {
    return new Observation(
        "a",
        second * 1000,
        new double[] {1},
        new String[0],
        null,
        FutureValues.NONE,
        0,
        second,
        recordSecond * 1000);
  }

  @Test
  void no_more_wait_than_may() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < OrderWithin.MOST + 5; i++) {
        harness.processElement(
            new Observation("a", 100_000 - i, new double[] {1}, new String[0], null, 0, i), 0);
      }
      assertThat(harness.extractOutputValues()).hasSize(5);
    }
  }
}
