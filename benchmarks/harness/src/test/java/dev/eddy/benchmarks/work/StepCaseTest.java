package dev.eddy.benchmarks.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.CellType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepCaseTest {

  @ParameterizedTest
  @EnumSource(CellType.class)
  void every_jvm_makes_the_same_weights_and_inputs_and_none_are_zero(CellType cell) {
    StepCase one = new StepCase(cell, 8, 3);
    StepCase other = new StepCase(cell, 8, 3);

    assertThat(one.inputs()).isEqualTo(other.inputs()).hasSize(24).doesNotContain(0f);
    for (String name :
        new String[] {WeightNames.weight(0), WeightNames.bias(0), WeightNames.HEAD_WEIGHT}) {
      assertThat(one.weights().values(name))
          .isEqualTo(other.weights().values(name))
          .doesNotContain(0f);
    }
  }
}
