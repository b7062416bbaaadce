package dev.eddy.model.layer.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class SimdPassTest {
  @Test
  void padding_is_zero_whatever_was_there_before() {
    SimdPass pass = new SimdGruPass(3, 5);
    pass.batch = 2;
    float[] values = new float[2 * pass.width];
    Arrays.fill(values, Float.NaN);
    pass.initialise(values, Nd4j.ones(DataType.FLOAT, 2, 5));
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i % pass.width < 5 ? 1 : 0);
    }
  }

  @Test
  void more_numbers_than_an_array_holds_are_refused() {
    float[] none = {};
    assertThat(SimdPass.grown(none, 3, 4)).hasSize(12);
    assertThatThrownBy(() -> SimdPass.grown(none, 1 << 23, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch × steps: 8388608 rows of 256 numbers (must be at most 8388607 rows)");
    assertThatThrownBy(() -> SimdPass.grown(none, 1L << 40, 1 << 24))
        .hasMessageContaining("batch × steps");
  }
}
