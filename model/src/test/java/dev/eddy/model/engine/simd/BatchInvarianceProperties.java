package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.NetworkCase;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whoever shares its batch, a key's results are the same, bit for bit. */
class BatchInvarianceProperties {
  @Property(tries = 120, seed = "2718281828")
  void any_batching_equals_one_at_a_time(
      @ForAll CellType cell, @ForAll long networkSeed, @ForAll long batchSeed) {
    NetworkCase networkCase = NetworkCase.any(cell, networkSeed);
    try (SimdEngine engine = new SimdEngine(networkCase.weights)) {
      NetworkCase.Results alone = networkCase.oneAtATime(engine);
      assertSame(networkCase.together(engine), alone);
      assertSame(networkCase.inRandomBatches(engine, batchSeed), alone);
    }
  }

  @Property(tries = 60, seed = "1414213562")
  void any_batching_of_layers_that_differ_equals_one_at_a_time(
      @ForAll long networkSeed, @ForAll long batchSeed) {
    NetworkCase networkCase = NetworkCase.mixed(networkSeed);
    try (SimdEngine engine = new SimdEngine(networkCase.weights)) {
      NetworkCase.Results alone = networkCase.oneAtATime(engine);
      assertSame(networkCase.together(engine), alone);
      assertSame(networkCase.inRandomBatches(engine, batchSeed), alone);
    }
  }

  /** More rows than are stepped at a time, in several waves that shrink to few rows. */
  @Property(tries = 8, seed = "3141592653")
  void batches_of_many_chunks_equal_one_at_a_time(@ForAll CellType cell, @ForAll boolean varied) {
    boolean peephole = varied && cell == CellType.LSTM;
    double leak = varied && cell == CellType.RNN ? 0.3 : 1;
    NetworkShape shape = new NetworkShape(cell, 5, 19, 2, 3, peephole, leak);
    NetworkCase networkCase = new NetworkCase(shape, 4 * Workspace.CHUNK + 7, 9, 7);
    try (SimdEngine engine = new SimdEngine(networkCase.weights)) {
      assertSame(networkCase.together(engine), networkCase.oneAtATime(engine));
    }
  }

  /** Matrices with panels of four vectors and of one, whatever the vectors' length. */
  @Property(tries = 8, seed = "1618033988")
  void batches_through_wide_and_narrow_panels_equal_one_at_a_time(
      @ForAll CellType cell, @ForAll long batchSeed) {
    NetworkCase networkCase = new NetworkCase(new NetworkShape(cell, 5, 80, 2, 70), 13, 4, 8);
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
