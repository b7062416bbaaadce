package dev.eddy.pipeline.evaluation.pending;

import static dev.eddy.pipeline.evaluation.pending.EvaluateTest.answered;
import static dev.eddy.pipeline.evaluation.pending.EvaluateTest.settings;
import static dev.eddy.pipeline.evaluation.pending.EvaluateTest.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scoring keeps, over restarts with other settings too. */
class EvaluateStateTest {
  private static final long HOUR = 3_600_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MORE_VERSIONS_THAN_ARE_KNOWN = 300;

  @Test
  void a_checkpoint_may_find_some_subtasks_finished() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(NEVER), false)) {
      harness.take(answered("a", 0, 1, shape(1)));

      // CheckpointPlan refuses a vertex that is finished in part for a union list alone.
      assertThat(harness.checkpoint().getManagedOperatorState())
          .isNotEmpty()
          .flatExtracting(handle -> handle.getStateNameToPartitionOffsets().values())
          .extracting(OperatorStateHandle.StateMetaInfo::getDistributionMode)
          .isNotEmpty()
          .doesNotContain(OperatorStateHandle.Mode.UNION);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothing_is_left_of_a_version_that_is_known_no_more(boolean rocks) throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(NEVER), rocks)) {
      harness.take(answered("a", 0, 1, shape(1)));
      assertThat(harness.waitingKeys()).isEqualTo(1);
      forget(harness);
      harness.take(new Answered("a", HOUR, new double[] {1, 2}, null, List.of()));

      assertThat(harness.waitingKeys()).isEqualTo(1); // the other key
    }
  }

  @Test
  void a_version_that_answers_again_is_scored_for_what_it_said_before() throws Exception {
    try (EvaluateHarness harness = EvaluateHarness.started(settings(NEVER), false)) {
      harness.take(answered("a", 0, 1, shape(1)));
      forget(harness);
      harness.take(answered("a", 1, 1, shape(1)));
      harness.processWatermark(Long.MAX_VALUE);

      assertThat(harness.sums())
          .filteredOn(sums -> sums.of().shape().equals(shape(1)))
          .extracting(sums -> sums.get(0, ForecastFigure.COUNT))
          .containsExactly(1.0);
    }
  }

  private static void forget(EvaluateHarness harness) throws Exception {
    for (int version = 0; version < MORE_VERSIONS_THAN_ARE_KNOWN; version++) {
      harness.take(answered("other", version, 1, shape(2 + version)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keys_of_a_time_when_none_was_forgotten_are_forgotten_too(boolean rocks) throws Exception {
    OperatorSubtaskState state;
    try (EvaluateHarness harness = EvaluateHarness.started(settings(NEVER), rocks)) {
      for (int key = 0; key < 50; key++) {
        harness.take(answered("once " + key, 0, 1, shape(1)));
      }
      harness.take(answered("a", 30, 1, shape(1)));
      harness.processWatermark(30 * HOUR);
      assertThat(harness.keptKeys()).isEqualTo(51);
      state = harness.checkpoint();
    }
    try (EvaluateHarness harness = restored(settings(5 * HOUR), rocks, state)) {
      harness.processWatermark(30 * HOUR + HOUR / 1000);
      assertThat(harness.keptKeys()).isBetween(30L, 51L); // a few at a time
      harness.processWatermark(33 * HOUR);
      assertThat(harness.keptKeys()).isEqualTo(1);
      harness.processWatermark(50 * HOUR);
      assertThat(harness.keptKeys()).isZero();
      assertThat(harness.waitingKeys()).isZero();
    }
  }

  @Test
  void timers_are_set_again_where_forgetting_was_off_for_a_while() throws Exception {
    OperatorSubtaskState state;
    try (EvaluateHarness harness = EvaluateHarness.started(settings(5 * HOUR), false)) {
      harness.take(answered("a", 0, 1, shape(1)));
      state = harness.checkpoint();
    }
    try (EvaluateHarness harness = restored(settings(NEVER), false, state)) {
      harness.processWatermark(100 * HOUR);
      assertThat(harness.keptKeys()).isEqualTo(1);
      assertThat(harness.numEventTimeTimers()).isZero();
      state = harness.checkpoint();
    }
    try (EvaluateHarness harness = restored(settings(5 * HOUR), false, state)) {
      harness.processWatermark(100 * HOUR);
      assertThat(harness.keptKeys()).isZero();
    }
  }

  @Test
  void targets_in_another_order_have_no_last_value_of_each_other() throws Exception {
    EvaluateSettings settings = settings(NEVER);
    OperatorSubtaskState state;
    try (EvaluateHarness harness = EvaluateHarness.started(settings, false)) {
      harness.take(answered("a", 0, 100, shape(1)));
      state = harness.checkpoint();
    }
    EvaluateSettings turned =
        new EvaluateSettings(settings.windows(), List.of("wind", "load"), NEVER);
    try (EvaluateHarness harness = restored(turned, false, state)) {
      // Its load is not observed: that persistence said what it was before is not known.
      double[] actuals = {7, Double.NaN};
      Answered first = answered("a", 1, 1, shape(2));
      harness.take(new Answered("a", HOUR, actuals, null, first.answers()));
      harness.take(answered("a", 2, 7, shape(2)));
      harness.processWatermark(Long.MAX_VALUE);
      List<WindowSums> sums = harness.sums();

      assertThat(sums).extracting(each -> each.of().shape()).containsExactly(shape(1), shape(2));
      assertThat(sums.get(1).get(0, ForecastFigure.COUNT)).isZero();
      assertThat(sums.get(1).get(3, ForecastFigure.COUNT)).isEqualTo(1); // of wind
    }
  }

  private static EvaluateHarness restored(
      EvaluateSettings settings, boolean rocks, OperatorSubtaskState state) throws Exception {
    return EvaluateHarness.started(settings, rocks, 1, 0, state);
  }
}
