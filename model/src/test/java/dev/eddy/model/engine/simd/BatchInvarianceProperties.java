package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.NetworkCase;
import dev.eddy.model.spec.CellType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whoever shares its batch, a key's results are the same, bit for bit. */
class BatchInvarianceProperties {
  @Property(tries = 120, seed = "2718281828")
  void anyBatchingEqualsOneAtATime(
      @ForAll CellType cell, @ForAll long networkSeed, @ForAll long batchSeed) {
    NetworkCase networkCase = NetworkCase.any(cell, networkSeed);
    try (SimdEngine engine = new SimdEngine(networkCase.weights)) {
      NetworkCase.Results alone = networkCase.oneAtATime(engine);
      assertSame(networkCase.together(engine), alone);
      assertSame(networkCase.inRandomBatches(engine, batchSeed), alone);
    }
  }

  private static void assertSame(NetworkCase.Results found, NetworkCase.Results expected) {
    assertThat(found.states()).isDeepEqualTo(expected.states());
    for (int key = 0; key < expected.outputs().length; key++) {
      assertThat(found.outputs()[key]).isDeepEqualTo(expected.outputs()[key]);
    }
  }
}
