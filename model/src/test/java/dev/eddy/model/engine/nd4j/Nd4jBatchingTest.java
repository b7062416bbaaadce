package dev.eddy.model.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.engine.NetworkCase;
import dev.eddy.model.engine.NetworkCase.Results;
import dev.eddy.model.spec.CellType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Nd4jBatchingTest {
  @ParameterizedTest
  @EnumSource(CellType.class)
  void any_batching_is_close_to_one_at_a_time(CellType cell) {
    for (int seed = 100; seed < 110; seed++) {
      NetworkCase networkCase = NetworkCase.any(cell, seed);
      try (Nd4jEngine engine = new Nd4jEngine(networkCase.weights)) {
        Results alone = networkCase.oneAtATime(engine);
        assertClose(networkCase.together(engine), alone);
        assertClose(networkCase.inRandomBatches(engine, seed), alone);
      }
    }
  }

  private static void assertClose(Results found, Results expected) {
    for (int key = 0; key < expected.states().length; key++) {
      for (int i = 0; i < expected.states()[key].length; i++) {
        assertThat(found.states()[key][i]).isCloseTo(expected.states()[key][i], within(2e-5f));
      }
      for (int step = 0; step < expected.outputs()[key].length; step++) {
        for (int o = 0; o < expected.outputs()[key][step].length; o++) {
          assertThat(found.outputs()[key][step][o])
              .isCloseTo(expected.outputs()[key][step][o], within(2e-5f));
        }
      }
    }
  }
}
