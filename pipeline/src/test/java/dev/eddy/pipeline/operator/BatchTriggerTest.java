package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTriggerTest {
  private static final int MAX_BATCH = 3;
  private static final long LINGER = 5;

  private final TestProcessingTimeService timers = new TestProcessingTimeService();
  private final List<FlushReason> flushes = new ArrayList<>();
  private final BatchTrigger trigger = new BatchTrigger(MAX_BATCH, LINGER, timers, this::flush);

  @BeforeEach
  void start() throws Exception {
    timers.setCurrentTime(1000);
  }

  @Test
  void flushes_when_the_batch_is_full() throws Exception {
    events(MAX_BATCH - 1);
    assertThat(flushes).isEmpty();
    events(1);
    assertThat(flushes).containsExactly(FlushReason.MAX_BATCH);
    events(MAX_BATCH);
    assertThat(flushes).containsExactly(FlushReason.MAX_BATCH, FlushReason.MAX_BATCH);
  }

  @Test
  void flushes_when_the_first_event_has_lingered() throws Exception {
    events(1);
    timers.setCurrentTime(1000 + LINGER - 1);
    events(1);
    assertThat(flushes).isEmpty();
    timers.setCurrentTime(1000 + LINGER);
    assertThat(flushes).containsExactly(FlushReason.LINGER);
  }

  @Test
  void a_timer_of_the_batch_before_goes_on_for_the_rest_of_the_next_ones_time() throws Exception {
    events(1);
    trigger.reset(); // a watermark, say
    timers.setCurrentTime(1003);
    events(1);
    assertThat(timers.getNumActiveTimers()).isEqualTo(1);
    timers.setCurrentTime(1000 + LINGER);
    assertThat(flushes).isEmpty();
    timers.setCurrentTime(1003 + LINGER);
    assertThat(flushes).containsExactly(FlushReason.LINGER);
  }

  @Test
  void no_timer_is_left_where_nothing_waits() throws Exception {
    events(MAX_BATCH);
    timers.setCurrentTime(1000 + LINGER);
    assertThat(flushes).containsExactly(FlushReason.MAX_BATCH);
    assertThat(timers.getNumActiveTimers()).isZero();
  }

  @Test
  void says_when_the_first_event_of_a_batch_came() throws Exception {
    long before = System.nanoTime();
    events(1);
    long start = trigger.startNanos();
    assertThat(start).isBetween(before, System.nanoTime());
    events(1);
    assertThat(trigger.startNanos()).isEqualTo(start);
  }

  private void events(int count) throws Exception {
    for (int event = 0; event < count; event++) {
      trigger.onEvent();
    }
  }

  private void flush(FlushReason reason) {
    flushes.add(reason);
    trigger.reset();
  }
}
