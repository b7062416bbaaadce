package dev.eddy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlopsTest {

  @ParameterizedTest
  @EnumSource(CellType.class)
  void counts_two_operations_for_each_weight_that_enters_a_product(CellType cell) {
    int hidden = 48;
    var shapes = WeightShapes.of(new NetworkShape(cell, hidden, hidden, 1, 1));
    double weights = size(shapes.get(WeightNames.weight(0)));
    if (cell != CellType.SRU) { // whose recurrence multiplies elementwise
      weights += size(shapes.get(WeightNames.recurrent(0)));
    }

    assertThat(Flops.perStep(cell, hidden)).isEqualTo(2 * weights);
  }

  private static double size(int[] extents) {
    return (double) extents[0] * extents[1];
  }
}
