package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code forget-after} forgets is freed. */
class SilentKeysTest {
  private static final long FORGET_AFTER = 100;
  private static final long WAIT = 2 * FORGET_AFTER + PredictHarness.MAX_AHEAD;
  private static final long FREED = WAIT + WAIT / 4;
  private static final PredictSettings SETTINGS =
      new PredictSettings(
          PredictHarness.settings(7, FORGET_AFTER).versions(),
          "observations",
          7,
          PredictHarness.LINGER,
          FORGET_AFTER,
          PredictHarness.MAX_AHEAD,
          4);

  @TempDir Path store;
  private List<Announcement> announced;

  @BeforeEach
  void publish() {
    TestModels models = new TestModels(store);
    announced = List.of(models.announce(models.publish(1)));
  }

  @ParameterizedTest
  @EnumSource
  void keys_that_come_once_leave_nothing_behind(Backend backend) throws Exception {
    try (PredictHarness harness = started(backend, null)) {
      for (int key = 0; key < 3000; key++) {
        harness.observe("key " + key, key);
        if (key % 500 == 499) {
          harness.watermark1(key);
        }
      }
      assertThat(harness.keptKeys()).isLessThan(FREED + 500);
      harness.watermark1(3000 + FREED);
      assertThat(harness.keptKeys()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_key_that_is_observed_stays_and_predicts_as_if_nothing_were_freed(Backend backend)
      throws Exception {
    List<Prediction> freeing;
    try (PredictHarness harness = started(backend, null)) {
      for (long time = 0; time < 5000; time += 50) {
        harness.observe("stays", time);
        harness.observe("once at " + time, time);
        harness.watermark1(time);
      }
      freeing = harness.predictions();
      assertThat(harness.keptKeys()).isLessThan(FREED / 50 + 3);
      assertThat(harness.numEventTimeTimers()).isLessThan((int) FREED / 50 + 3 + 5);
    }
    try (PredictHarness harness = started(backend, null)) {
      for (long time = 0; time < 5000; time += 50) {
        harness.observe("stays", time);
        harness.observe("once at " + time, time);
      }
      harness.checkpoint();
      assertThat(harness.predictions()).hasSameSizeAs(freeing);
      for (int i = 0; i < freeing.size(); i++) {
        assertThat(freeing.get(i).values()).isEqualTo(harness.predictions().get(i).values());
      }
    }
  }

  @Test
  void a_restart_forgets_no_timer() throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = started(Backend.HEAP, null)) {
      harness.observe("a", 0);
      harness.observe("b", 500);
      state = harness.checkpoint();
    }
    try (PredictHarness harness = started(Backend.HEAP, state)) {
      harness.watermark1(FREED);
      assertThat(harness.keptKeys()).isEqualTo(1);
      harness.watermark1(500 + FREED);
      assertThat(harness.keptKeys()).isZero();
    }
  }

  @Test
  void the_end_of_the_input_is_no_time_that_has_come() throws Exception {
    try (PredictHarness harness = started(Backend.HEAP, null)) {
      harness.observe("a", 0);
      harness.watermark1(Long.MAX_VALUE);
      assertThat(harness.keptKeys()).isEqualTo(1);
    }
  }

  @Test
  void without_forget_after_there_is_no_timer() throws Exception {
    try (PredictHarness harness = PredictHarness.started(announced.get(0))) {
      harness.observe("a", 0);
      harness.watermark1(1L << 60);
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.keptKeys()).isEqualTo(1);
    }
  }

  private PredictHarness started(Backend backend, @Nullable OperatorSubtaskState state)
      throws Exception {
    PredictHarness harness = new PredictHarness(SETTINGS, backend, 1, 0, () -> announced);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
