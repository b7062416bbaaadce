package dev.eddy.benchmarks.work;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A point of the grid: one layer with as many inputs as units, and a head of one output. Weights
 * and inputs come from a fixed seed, so that every JVM makes the same.
 *
 * @param cell the recurrence
 * @param hidden H, and D
 * @param keys rows of a wave
 * @param waves observations of each key
 * @param together whether the waves make one micro-batch, or one each
 */
public record StepCase(CellType cell, int hidden, int keys, int waves, boolean together) {
  private static final long SEED = 20260101;

  /** One observation of each of {@code batch} keys. */
  public StepCase(CellType cell, int hidden, int batch) {
    this(cell, hidden, batch, 1, true);
  }

  /** The network's sizes. */
  public NetworkShape shape() {
    return new NetworkShape(cell, hidden, hidden, 1, 1);
  }

  /** Rows of a run. */
  public int rows() {
    return keys * waves;
  }

  /** The network's weights; biases and head are random too, so that a wrong one shows. */
  public NetworkWeights weights() {
    NetworkWeights initial = NetworkWeights.initialise(shape(), SEED);
    Map<String, Tensor> tensors = new LinkedHashMap<>(initial.tensors());
    SplittableRandom random = new SplittableRandom(SEED + 1);
    double bound = Math.sqrt(3.0 / hidden);
    for (String name :
        new String[] {WeightNames.bias(0), WeightNames.HEAD_WEIGHT, WeightNames.HEAD_BIAS}) {
      Tensor tensor = initial.tensor(name);
      tensors.put(name, new Tensor(tensor.shape(), uniform(random, tensor.values().length, bound)));
    }
    return new NetworkWeights(initial.shape(), tensors);
  }

  /** The rows of a run, [rows, D], wave by wave. */
  public float[] inputs() {
    return uniform(new SplittableRandom(SEED + 2), rows() * hidden, Math.sqrt(3));
  }

  private static float[] uniform(SplittableRandom random, int size, double bound) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
