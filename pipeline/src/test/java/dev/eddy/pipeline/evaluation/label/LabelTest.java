package dev.eddy.pipeline.evaluation.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that come before and after their predictions. */
class LabelTest {
  private static final PredictionShape CLASSES =
      new PredictionShape.Classes("test@1", List.of("calm", "storm"));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void brings_a_prediction_together_with_its_label_whichever_comes_first(boolean rocks)
      throws Exception {
    OperatorSubtaskState state;
    try (LabelHarness harness = LabelHarness.started(rocks, null)) {
      harness.answer(answered("a", 1, null));
      harness.label("a", 2, "storm");
      harness.label("b", 1, "storm");
      assertThat(harness.extractOutputValues()).isEmpty();
      state = harness.snapshot(1, 1);
    }
    try (LabelHarness harness = LabelHarness.started(rocks, state)) {
      harness.label("a", 1, "calm");
      harness.answer(answered("a", 2, null));

      assertThat(harness.extractOutputValues())
          .extracting(each -> each.key() + each.time() + each.label())
          .containsExactly("a1calm", "a2storm");
    }
  }

  @Test
  void lets_go_on_without_what_finds_no_label_in_time() throws Exception {
    try (LabelHarness harness = LabelHarness.started(false, null)) {
      harness.answer(answered("a", 1, null));
      harness.label("a", 2, "storm");
      harness.watermark(100);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.watermark(101);
      harness.label("a", 1, "calm");
      harness.watermark(102);
      harness.answer(answered("a", 2, null));

      assertThat(harness.extractOutputValues())
          .extracting(each -> each.time() + " " + each.label())
          .containsExactly("1 null");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lets_every_tenth_of_a_key_go_where_more_come_than_may_wait(boolean rocks) throws Exception {
    try (LabelHarness harness = LabelHarness.started(rocks, 10_000, null)) {
      for (int time = 0; time <= LabelOperator.MOST; time++) {
        harness.answer(answered("a", time, null));
      }
      assertThat(harness.extractOutputValues())
          .extracting(each -> each.time() + " " + each.label())
          .isEqualTo(
              IntStream.range(0, LabelOperator.GOING)
                  .mapToObj(place -> 10 * place + " null")
                  .toList());
      harness.getOutput().clear();
      for (int time = 0; time <= LabelOperator.MOST; time++) {
        harness.label("a", time, "calm");
      }

      assertThat(harness.extractOutputValues())
          .hasSize(LabelOperator.MOST + 1 - LabelOperator.GOING)
          .extracting(Answered::label)
          .containsOnly("calm");
    }
  }

  @Test
  void joins_some_of_a_key_whose_labels_are_farther_behind_than_may_wait() throws Exception {
    try (LabelHarness harness = LabelHarness.started(false, 1_000_000, null)) {
      for (int time = 0; time < 6_000; time++) {
        harness.answer(answered("a", time, null));
        if (time >= 1_500) {
          harness.label("a", time - 1_500, "calm");
        }
      }

      assertThat(harness.extractOutputValues().stream().filter(each -> each.label() != null))
          .hasSizeGreaterThan(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 300", "true, 300", "false, 30", "true, 30"})
  void a_wait_of_other_length_holds_for_what_waits_already(boolean rocks, long wait)
      throws Exception {
    OperatorSubtaskState state;
    try (LabelHarness harness = LabelHarness.started(rocks, null)) {
      harness.answer(answered("a", 1, null));
      harness.answer(answered("a", 201, null));
      harness.label("b", 1, "storm");
      state = harness.snapshot(1, 1);
    }
    try (LabelHarness harness = LabelHarness.started(rocks, wait, state)) {
      harness.watermark(wait);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.watermark(wait + 1);
      assertThat(harness.extractOutputValues()).extracting(Answered::time).containsExactly(1L);
      harness.watermark(Math.max(wait, 100) + 201);
      harness.answer(answered("b", 1, null));

      assertThat(harness.extractOutputValues())
          .extracting(each -> each.key() + each.time() + each.label())
          .containsExactly("a1null", "a201null");
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void what_goes_looks_at_no_other_that_waits() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (LabelHarness harness = LabelHarness.started(false, null)) {
      for (int time = 0; time < LabelOperator.MOST; time++) {
        harness.answer(answered("a", time, null));
      }
      harness.watermark(99 + 100); // warms up
      long before = threads.getCurrentThreadAllocatedBytes();
      harness.watermark(99 + 200);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;

      assertThat(harness.extractOutputValues()).hasSize(200);
      assertThat(bytes / 100).isLessThan(3_000); // a list of 800 has more
    }
  }

  @Test
  void each_that_waits_goes_by_a_timer_of_its_own() throws Exception {
    try (LabelHarness harness = LabelHarness.started(false, null)) {
      for (int time = 0; time < 50; time++) {
        harness.answer(answered("a", time, null));
        harness.label("b", time, "storm");
      }
      assertThat(harness.numEventTimeTimers()).isEqualTo(100);
      harness.watermark(120);
      assertThat(harness.numEventTimeTimers()).isEqualTo(58);
      harness.watermark(149);

      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.extractOutputValues()).hasSize(50);
    }
  }

  @Test
  void holds_back_no_record_that_has_its_label() throws Exception {
    try (LabelHarness harness = LabelHarness.started(false, null)) {
      harness.answer(answered("a", 1, "calm"));

      assertThat(harness.extractOutputValues()).extracting(Answered::label).containsExactly("calm");
    }
  }

  private static Answered answered(String key, long time, @Nullable String label) {
    Prediction said = new Prediction(key, time, 0, 0, CLASSES, new double[] {.75, .25});
    return new Answered(key, time, new double[0], label, List.of(new Answer(said, false)));
  }
}
