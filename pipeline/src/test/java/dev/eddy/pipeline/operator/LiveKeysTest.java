package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many keys there are of each model is known, whatever becomes of the job. */
class LiveKeysTest {
  private static final int KEYS = 40;
  private static final int MOVED = 13;
  private static final long SECOND_FROM = 100;
  private static final long FORGET_AFTER = 100;
  private static final long FREED = 2 * (2 * FORGET_AFTER + PredictHarness.MAX_AHEAD);

  @TempDir Path store;
  private List<Announcement> announced;
  private ExactModel first;
  private ExactModel second;

  @BeforeEach
  void publish() {
    TestModels models = new TestModels(store);
    announced =
        List.of(
            models.announce(models.publish(1)),
            models.announce(models.publish(2), SECOND_FROM, "carry"));
    first = ExactModel.of(1, announced.get(0).digest());
    second = ExactModel.of(2, announced.get(1).digest());
  }

  @ParameterizedTest
  @EnumSource
  void keys_are_counted_by_model_through_restarts_and_rescales(Backend backend) throws Exception {
    OperatorSubtaskState state = null;
    int before = 1;
    List<Integer> parallelisms = List.of(1, 3, 2, 4, 1, 1);
    for (int phase = 0; phase < parallelisms.size(); phase++) {
      int parallelism = parallelisms.get(phase);
      List<OperatorSubtaskState> states = new ArrayList<>();
      KeyCounts counts = new KeyCounts();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        try (PredictHarness harness = harness(backend, parallelism, subtask)) {
          if (state != null) {
            harness.initializeState(
                PredictHarness.repartitionOperatorState(
                    state, PredictHarness.MAX_PARALLELISM, before, parallelism, subtask));
          }
          harness.open();
          observe(harness, phase, parallelism, subtask);
          states.add(harness.checkpoint());
          harness.countedKeys().all().forEach(counts::add);
        }
      }
      state = PredictHarness.repackageState(states.toArray(new OperatorSubtaskState[0]));
      before = parallelism;
      int moved = Math.min(KEYS, phase * MOVED);
      assertThat(counts.of(first)).as("first, phase %d", phase).isEqualTo(KEYS - moved);
      assertThat(counts.of(second)).as("second, phase %d", phase).isEqualTo(moved);
      assertThat(counts.sum()).isEqualTo(KEYS);
    }
  }

  /** All keys under the first version, then some more of them each time under the second. */
  private static void observe(PredictHarness harness, int phase, int parallelism, int subtask)
      throws Exception {
    int from = phase == 0 ? 0 : (phase - 1) * MOVED;
    int to = phase == 0 ? KEYS : Math.min(KEYS, phase * MOVED);
    for (int key = from; key < to; key++) {
      String name = "key " + key;
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              name, PredictHarness.MAX_PARALLELISM, parallelism);
      if (owner == subtask) {
        harness.observe(name, phase == 0 ? 1 : SECOND_FROM + phase);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_that_were_silent_before_any_was_to_be_freed_are_freed_too(Backend backend)
      throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = started(backend, PredictHarness.NEVER, null)) {
      for (int key = 0; key < KEYS; key++) {
        harness.observe("key " + key, 1);
      }
      state = harness.checkpoint();
    }
    OperatorSubtaskState freeing;
    try (PredictHarness harness = started(backend, FORGET_AFTER, state)) {
      harness.observe("another", 5);
      freeing = harness.checkpoint();
      assertThat(harness.countedKeys().sum()).isEqualTo(KEYS + 1);
    }
    try (PredictHarness harness = started(backend, FORGET_AFTER, freeing)) {
      assertThat(harness.numEventTimeTimers()).isEqualTo(KEYS + 1);
      harness.observe("another", FREED);
      harness.watermark1(FREED);
      assertThat(harness.keptKeys()).isEqualTo(1);
      assertThat(harness.countedKeys().all()).isEqualTo(Map.of(second, 1L));
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void a_run_that_frees_none_lets_the_next_set_all_timers_anew() throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = started(Backend.HEAP, FORGET_AFTER, null)) {
      harness.observe("a", 1);
      state = harness.checkpoint();
    }
    try (PredictHarness harness = started(Backend.HEAP, PredictHarness.NEVER, state)) {
      harness.observe("b", 2);
      harness.watermark1(FREED);
      assertThat(harness.keptKeys()).as("whatever timers it was given").isEqualTo(2);
      state = harness.checkpoint();
    }
    try (PredictHarness harness = started(Backend.HEAP, FORGET_AFTER, state)) {
      harness.watermark1(FREED);
      assertThat(harness.keptKeys()).isZero();
      assertThat(harness.countedKeys().sum()).isZero();
    }
  }

  private PredictHarness started(
      Backend backend, long forgetAfter, @Nullable OperatorSubtaskState state) throws Exception {
    PredictHarness harness =
        new PredictHarness(PredictHarness.settings(7, forgetAfter), backend, 1, 0, () -> announced);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private PredictHarness harness(Backend backend, int parallelism, int subtask) throws Exception {
    return new PredictHarness(
        PredictHarness.settings(7, PredictHarness.NEVER),
        backend,
        parallelism,
        subtask,
        () -> announced);
  }
}
