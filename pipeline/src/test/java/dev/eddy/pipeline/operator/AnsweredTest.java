package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator tells of what it answers. */
class AnsweredTest {
  private static final EvaluatedFields WIND = EvaluatedFields.of(List.of("wind"), fields());

  @TempDir Path store;

  @Test
  void tells_an_evaluation_what_happened_and_what_was_answered_to_it() throws Exception {
    PredictSettings settings = PredictHarness.settings(7, PredictHarness.NEVER).evaluating(WIND);
    try (PredictHarness harness = started(settings)) {
      harness.observe("a", 2);
      harness.observe("b", 3);
      harness.observe("a", 1); // out of order: it was not stepped
      harness.endInput(1);

      List<Answered> answered = harness.answered();
      assertThat(answered).extracting(Answered::key).containsExactly("a", "b");
      Observation first = TestModels.observation("a", 2, 2);
      assertThat(answered.get(0).time()).isEqualTo(2);
      assertThat(answered.get(0).actuals()).containsExactly(first.numeric()[1]);
      assertThat(answered).allSatisfy(each -> assertThat(each.answers()).hasSize(1));
      assertThat(answered.stream().flatMap(each -> each.answers().stream()))
          .extracting(Answer::prediction)
          .isEqualTo(harness.predictions());
    }
  }

  @Test
  void tells_nobody_where_nothing_is_evaluated() throws Exception {
    try (PredictHarness harness = started(PredictHarness.settings(7, PredictHarness.NEVER))) {
      harness.observe("a", 1);
      harness.endInput(1);

      assertThat(harness.answered()).isEmpty();
    }
  }

  private PredictHarness started(PredictSettings settings) throws Exception {
    TestModels models = new TestModels(store);
    return PredictHarness.started(settings, models.announce(models.publish(1)));
  }

  private static List<String> fields() {
    return TestModels.SCHEMA.numeric();
  }
}
