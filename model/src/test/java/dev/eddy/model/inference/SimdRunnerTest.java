package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.encoding.Specs;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The promise of the main path: what a key is told does not depend on its neighbours. */
class SimdRunnerTest {
  private static final int OBSERVATIONS = 120;

  @Property(tries = 30)
  void with_the_simd_engine_any_batching_equals_one_at_a_time_bit_for_bit(
      @ForAll CellType cell,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int keys,
      @ForAll @IntRange(min = 2, max = 120) int batch) {
    ModelSpec spec = spec(cell);
    NetworkWeights weights = weights(spec.network(), seed);

    List<Object> oneAtATime = run(spec, weights, seed, keys, 1);

    assertThat(run(spec, weights, seed, keys, batch)).isEqualTo(oneAtATime);
  }

  /** Every prediction, then every final state, as bits. */
  private static List<Object> run(
      ModelSpec spec, NetworkWeights weights, long seed, int keys, int batch) {
    Random random = new Random(seed);
    List<Object> results = new ArrayList<>();
    try (StepEngine engine = StepEngines.create(EngineKind.SIMD, weights)) {
      ModelRunner runner = new ModelRunner(spec, engine);
      List<KeyState> states = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        states.add(runner.fresh());
      }
      double[] prediction = new double[runner.predictionSize()];
      for (int from = 0; from < OBSERVATIONS; from += batch) {
        int staged = Math.min(batch, OBSERVATIONS - from);
        for (int slot = 0; slot < staged; slot++) {
          runner.add(states.get(random.nextInt(keys)), input(from + slot, random));
        }
        runner.step();
        for (int slot = 0; slot < staged; slot++) {
          assertThat(runner.failed(slot)).isFalse();
          runner.prediction(slot, prediction);
          results.add(Bits.of(prediction));
        }
        runner.clear();
      }
      results.addAll(Bits.ofStates(states));
    }
    return results;
  }

  private static RawInput input(int index, Random random) {
    double temperature = random.nextInt(6) == 0 ? Double.NaN : 10 + 5 * random.nextGaussian();
    return Specs.at(index / 4.0, temperature, random.nextDouble(), "E");
  }

  private static ModelSpec spec(CellType cell) {
    ModelSpec base = Specs.calibrated(Specs.hourly());
    int inputs = base.network().inputSize();
    int outputs = base.network().outputSize();
    return new ModelSpec(new NetworkShape(cell, inputs, 19, 2, outputs), base.input(), base.head());
  }

  private static NetworkWeights weights(NetworkShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WeightShapes.of(shape)
        .forEach(
            (name, extents) -> {
              float[] values = new float[Arrays.stream(extents).reduce(1, (a, b) -> a * b)];
              for (int index = 0; index < values.length; index++) {
                values[index] = (float) (0.3 * random.nextGaussian());
              }
              tensors.put(name, new Tensor(extents, values));
            });
    return new NetworkWeights(shape, tensors);
  }
}
