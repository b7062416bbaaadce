package dev.eddy.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.benchmarks.eddy.EngineStep;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.spec.CellType;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private final StepCase step = new StepCase(CellType.LSTM, 16, 9);

  @Test
  void an_engine_that_hands_out_the_layers_outputs_agrees_with_one_that_has_the_head() {
    try (StepWork headed = new EngineStep(EngineKind.SIMD, step)) {
      headed.run();
      float[] states = headed.states();
      float[] outputs = new float[9 * 16]; // h, the first half of each row of state
      for (int row = 0; row < 9; row++) {
        System.arraycopy(states, row * 32, outputs, row * 16, 16);
      }

      float[] left = Values.of(step, headed);
      float[] right = Values.of(step, new Fixed(outputs, states));

      assertThat(left).hasSize(9 + 2 * 4 * 32);
      assertThat(Values.difference(left, right)).isLessThan(1e-6);
      assertThat(Values.decode(Values.encode(left))).isEqualTo(left);
    }
  }

  @Test
  void what_is_not_finite_never_agrees() {
    assertThat(Values.difference(new float[] {1}, new float[] {1.5f})).isEqualTo(0.5);
    assertThat(Values.difference(new float[] {Float.NaN}, new float[] {1})).isInfinite();
    assertThat(Values.difference(new float[] {1}, new float[] {1, 2})).isInfinite();
  }

  private record Fixed(float[] outputs, float[] states) implements StepWork {
    @Override
    public void run() {}
  }
}
