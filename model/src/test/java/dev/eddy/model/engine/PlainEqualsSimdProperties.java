package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Java loops give what vectors give, bit for bit, so that a job may mix both. */
class PlainEqualsSimdProperties {
  private static final float[] EXTREMES = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    -0f,
    1e30f
  };

  @Property(tries = 200, seed = "2718281828")
  void any_network_steps_to_the_same_bits(
      @ForAll CellType cell,
      @ForAll @IntRange(min = 1, max = 70) int units,
      @ForAll @IntRange(min = 1, max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 3) int layers,
      @ForAll long seed) {
    assertSame(any(cell, units, inputs, layers, seed), seed);
  }

  @Property(tries = 60, seed = "1414213562")
  void layers_that_differ_step_to_the_same_bits(@ForAll long seed) {
    assertSame(NetworkCase.mixed(seed), seed);
  }

  @Property(tries = 100, seed = "3141592653")
  void what_is_not_finite_or_hardly_so_goes_the_same_way(
      @ForAll CellType cell,
      @ForAll @IntRange(min = 1, max = 70) int units,
      @ForAll @IntRange(min = 1, max = 3) int layers,
      @ForAll long seed) {
    NetworkCase networkCase = any(cell, units, 1 + units % 9, layers, seed);
    Random random = new Random(seed);
    for (int key = 0; key < networkCase.inputs.length; key += 2) {
      poison(networkCase.inputs[key][0], random);
      poison(networkCase.initial[key], random);
    }
    assertSame(networkCase, seed);
  }

  /** Rows of several chunks, and waves that shrink to few rows. */
  @Property(tries = 8, seed = "1618033988")
  void large_batches_step_to_the_same_bits(@ForAll CellType cell, @ForAll long seed) {
    assertSame(new NetworkCase(new NetworkShape(cell, 5, 19, 2, 3), 263, 9, seed), seed);
  }

  @Example
  void very_many_units_and_several_networks_step_to_the_same_bits() {
    for (CellType cell : CellType.values()) {
      assertSame(new NetworkCase(new NetworkShape(cell, 3, 1040, 1, 2), 2, 2, 7), 1);
      assertSame(new NetworkCase(new NetworkShape(cell, 6, 21, 2, 9).withNetworks(3), 7, 3, 8), 2);
    }
  }

  @Example
  void golden_vectors_step_to_the_same_bits() throws IOException {
    for (GoldenVector golden : GoldenVector.all()) {
      float[][] simd = stepped(golden, EngineKind.SIMD);
      float[][] plain = stepped(golden, EngineKind.PLAIN);
      assertThat(plain[0]).isEqualTo(simd[0]);
      assertThat(plain[1]).isEqualTo(simd[1]);
    }
  }

  private static float[][] stepped(GoldenVector golden, EngineKind kind) {
    float[] hidden = GoldenVector.floats(golden.before());
    float[] outputs = new float[golden.outputs().length];
    try (StepEngine engine = StepEngines.create(kind, golden.weights())) {
      engine.forward(golden.sequence(), hidden, outputs);
    }
    return new float[][] {hidden, outputs};
  }

  private static NetworkCase any(CellType cell, int units, int inputs, int layers, long seed) {
    Random random = new Random(seed);
    boolean either = random.nextBoolean();
    NetworkShape shape =
        new NetworkShape(
            cell,
            random.nextInt(3) == 0 ? units : inputs,
            units,
            layers,
            1 + random.nextInt(40),
            either && cell == CellType.LSTM,
            either && cell == CellType.RNN ? 0.05 + 0.95 * random.nextDouble() : 1);
    return new NetworkCase(shape, 1 + random.nextInt(20), 6, seed);
  }

  private static void poison(float[] values, Random random) {
    values[random.nextInt(values.length)] = EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private static void assertSame(NetworkCase networkCase, long batchSeed) {
    try (StepEngine simd = StepEngines.create(EngineKind.SIMD, networkCase.weights);
        StepEngine plain = StepEngines.create(EngineKind.PLAIN, networkCase.weights)) {
      NetworkCase.Results expected = networkCase.together(simd);
      assertSame(networkCase.together(plain), expected);
      assertSame(networkCase.oneAtATime(plain), expected);
      assertSame(networkCase.inRandomBatches(plain, batchSeed), expected);
    }
  }

  /** Row by row, where NaN equals NaN. */
  private static void assertSame(NetworkCase.Results found, NetworkCase.Results expected) {
    for (int key = 0; key < expected.outputs().length; key++) {
      assertThat(found.states()[key]).isEqualTo(expected.states()[key]);
      for (int step = 0; step < expected.outputs()[key].length; step++) {
        assertThat(found.outputs()[key][step]).isEqualTo(expected.outputs()[key][step]);
      }
    }
  }
}
