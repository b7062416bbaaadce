package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.encoding.Specs;
import dev.eddy.model.spec.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionHeadTest {
  @Test
  void an_untrained_head_is_the_baseline_with_the_training_residuals() {
    PredictionHead head = new PredictionHead(Specs.forecast());
    double[] prediction = new double[9];

    head.decode(new float[9], 0, new double[] {10, 20, 30, 2}, 0, prediction);

    assertThat(prediction).containsExactly(8, 10, 12, 18, 20, 22, 28, 30, 32);
  }

  @Test
  void quantiles_of_a_horizon_are_sorted_so_they_never_cross() {
    PredictionHead head = new PredictionHead(Specs.forecast());
    float[] outputs = {0, 0, 0, 9, 3, 0, 0, 0, 0, 0, 0};
    double[] prediction = new double[9];

    head.decode(outputs, 2, new double[] {0, 0, 0, 0, 1}, 1, prediction);

    // horizon 1: -1 + 0, ... shifted by the offset: outputs 0, 9, 3 | 0 ...
    assertThat(prediction).containsExactly(-1, 4, 9, -1, 0, 1, -1, 0, 1);
  }

  @Test
  void the_outputs_of_a_new_key_count_nothing_at_first_and_half_after_the_warm_up() {
    PredictionHead head = new PredictionHead(Specs.forecast().withWarmUp(6));

    assertThat(head.weight(1)).isZero();
    assertThat(head.weight(7)).isEqualTo(0.5);
    assertThat(head.weight(61)).isCloseTo(60.0 / 66, within(1e-12));
  }

  @Test
  void without_a_warm_up_only_the_first_outputs_count_nothing() {
    PredictionHead head = new PredictionHead(Specs.forecast());

    assertThat(head.weight(1)).isZero();
    assertThat(head.weight(2)).isEqualTo(1);
  }

  @Test
  void probabilities_are_the_softmax_whatever_the_size_of_the_outputs() {
    PredictionHead head = new PredictionHead(new Head.Classes(List.of("a", "b", "c")));
    double[] prediction = new double[3];

    head.decode(
        new float[] {1000, 1000, 1000 - (float) Math.log(2)}, 0, new double[0], 0, prediction);

    assertThat(prediction[0]).isCloseTo(0.4, within(1e-5));
    assertThat(prediction[1]).isCloseTo(0.4, within(1e-5));
    assertThat(prediction[2]).isCloseTo(0.2, within(1e-5));
  }
}
