package dev.eddy.pipeline.evaluation.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void keeps_no_more_than_so_many_of_a_key() throws Exception {
    try (LabelHarness harness = LabelHarness.started(false, null)) {
      for (int time = 0; time <= LabelOperator.MOST; time++) {
        harness.answer(answered("a", time, null));
      }

      assertThat(harness.extractOutputValues())
          .extracting(Answered::time)
          .containsExactly((long) LabelOperator.MOST);
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
