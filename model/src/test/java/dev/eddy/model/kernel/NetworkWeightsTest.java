package dev.eddy.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkWeightsTest {
  private static final NetworkShape SRU = new NetworkShape(CellType.SRU, 100, 400, 2, 9);
  private static final NetworkShape LSTM = new NetworkShape(CellType.LSTM, 30, 20, 2, 9);

  @Test
  void the_same_seed_gives_the_same_weights_and_another_seed_others() {
    float[] first = NetworkWeights.initialise(SRU, 1).values("layers.0.weight");
    assertThat(NetworkWeights.initialise(SRU, 1).values("layers.0.weight")).isEqualTo(first);
    assertThat(NetworkWeights.initialise(SRU, 2).values("layers.0.weight")).isNotEqualTo(first);
  }

  @Test
  void sru_weights_have_the_papers_variances() {
    NetworkWeights weights = NetworkWeights.initialise(SRU, 1);
    float[] projected = weights.values("layers.0.weight");
    assertThat(projected).hasSize(100 * 4 * 400);
    // Variance 1/D, half of that in the gates; blocks candidate, forget, reset, projection.
    assertThat(variance(projected, 4, 0)).isCloseTo(1.0 / 100, within(3e-4));
    assertThat(variance(projected, 4, 1)).isCloseTo(0.5 / 100, within(2e-4));
    assertThat(variance(projected, 4, 2)).isCloseTo(0.5 / 100, within(2e-4));
    assertThat(variance(projected, 4, 3)).isCloseTo(1.0 / 100, within(3e-4));
    assertThat(variance(weights.values("layers.0.recurrent"), 1, 0)).isCloseTo(0.5, within(6e-2));
    assertThat(weights.values("layers.0.bias")).containsOnly(0f);
    assertThat(weights.values("layers.0.highway-scale")).containsExactly(1f);
    assertThat(weights.values("layers.1.weight")).hasSize(400 * 3 * 400);
    assertThat(weights.values("layers.1.highway-scale")).containsExactly((float) Math.sqrt(3));
  }

  @Test
  void lstm_forgets_little_at_first() {
    NetworkWeights weights = NetworkWeights.initialise(LSTM, 1);
    float[] bias = weights.values("layers.1.bias");
    assertThat(Arrays.copyOfRange(bias, 20, 40)).containsOnly(1f);
    assertThat(Arrays.copyOfRange(bias, 0, 20)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(bias, 40, 80)).containsOnly(0f);
    float bound = (float) Math.sqrt(6.0 / 50);
    for (float weight : weights.values("layers.0.weight")) {
      assertThat(weight).isBetween(-bound, bound);
    }
  }

  @Test
  void the_head_is_zero_so_that_an_untrained_network_is_its_baseline() {
    NetworkWeights weights = NetworkWeights.initialise(LSTM, 1);
    assertThat(weights.values(WeightNames.HEAD_WEIGHT)).hasSize(20 * 9).containsOnly(0f);
    assertThat(weights.values(WeightNames.HEAD_BIAS)).hasSize(9).containsOnly(0f);
  }

  @Test
  void a_missing_tensor_is_named() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(NetworkWeights.initialise(SRU, 1).tensors());
    tensors.remove("layers.1.bias");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkWeights(SRU, tensors))
        .withMessage("tensor layers.1.bias: missing (must be of shape [2, 400])");
  }

  @Test
  void a_tensor_of_another_shape_is_named() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(NetworkWeights.initialise(SRU, 1).tensors());
    tensors.put("head.bias", new Tensor(new int[] {8}, new float[8]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkWeights(SRU, tensors))
        .withMessage("tensor head.bias: shape [8] (must be [9])");
  }

  @Test
  void a_tensor_that_does_not_belong_is_named() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(NetworkWeights.initialise(SRU, 1).tensors());
    tensors.put("layers.2.bias", new Tensor(new int[] {2, 400}, new float[800]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkWeights(SRU, tensors))
        .withMessageStartingWith("tensor layers.2.bias: found");
  }

  /** Of one of several column blocks of 400. */
  private static double variance(float[] values, int blocks, int block) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (i / 400 % blocks == block) {
        sum += (double) values[i] * values[i];
        count++;
      }
    }
    return sum / count;
  }
}
