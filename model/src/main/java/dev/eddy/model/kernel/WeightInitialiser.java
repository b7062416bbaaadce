package dev.eddy.model.kernel;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Random weights to begin training from.
 *
 * <p>SRU as in Lei et al. 2018, arXiv:1709.02755v5, §3.2: weights uniform within ±√(3/D), so that
 * their variance is 1/D; v uniform within ±√3, of variance 1, because each of its numbers has one
 * input; the gates' weights and v scaled by √½, so that W·x and v⊙c together keep unit variance;
 * b_r the highway bias b, b_f zero; α = √(1 + 2·e^b), which keeps the variance of h through the
 * layers. The highway's projection, where there is one, keeps α = 1.
 *
 * <p>LSTM, GRU and RNN: Glorot-uniform, ±√(6 / (rows + columns of one gate)); LSTM's forget bias 1,
 * its peepholes zero. The head is zero, so that an untrained network predicts the baseline.
 */
final class WeightInitialiser {
  /** b, the highway bias of SRU's reset gate. */
  public static final float HIGHWAY_BIAS = 0f;

  /** The bias of LSTM's forget gate. */
  public static final float FORGET_BIAS = 1f;

  private final NetworkShape shape;
  private final Map<String, int[]> shapes;
  private final SplittableRandom random;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private WeightInitialiser(NetworkShape shape, long seed) {
    this.shape = shape;
    this.shapes = WeightShapes.of(shape);
    this.random = new SplittableRandom(seed);
  }

  static NetworkWeights initialise(NetworkShape shape, long seed) {
    return new WeightInitialiser(shape, seed).run();
  }

  private NetworkWeights run() {
    for (int layer = 0; layer < shape.layers(); layer++) {
      switch (shape.cell()) {
        case SRU -> addSruLayer(layer);
        case LSTM -> addLstmLayer(layer);
        case GRU -> addLayer(layer, 3, new float[4 * shape.hiddenSize()]);
        case RNN -> addLayer(layer, 1, new float[shape.hiddenSize()]);
      }
    }
    add(WeightNames.HEAD_WEIGHT, new float[shape.hiddenSize() * shape.outputSize()]);
    add(WeightNames.HEAD_BIAS, new float[shape.outputSize()]);
    return new NetworkWeights(shape, tensors);
  }

  private void addSruLayer(int layer) {
    int inputs = shape.inputSize(layer);
    int hidden = shape.hiddenSize();
    int blocks = WeightShapes.sruBlocks(shape, layer);
    double bound = Math.sqrt(3.0 / inputs);
    double gateBound = bound * Math.sqrt(0.5);
    float[] weight = new float[inputs * blocks * hidden]; // [D, H * G]
    for (int i = 0; i < weight.length; i++) {
      int block = i / hidden % blocks;
      boolean gate = block == 1 || block == 2;
      weight[i] = uniform(gate ? gateBound : bound);
    }
    add(WeightNames.weight(layer), weight);
    add(WeightNames.recurrent(layer), uniform(2 * hidden, Math.sqrt(3 * 0.5)));
    float[] bias = new float[2 * hidden]; // [b_f | b_r]
    Arrays.fill(bias, hidden, 2 * hidden, HIGHWAY_BIAS);
    add(WeightNames.bias(layer), bias);
    double scale = blocks == 4 ? 1 : Math.sqrt(1 + 2 * StrictMath.exp(HIGHWAY_BIAS));
    add(WeightNames.highwayScale(layer), new float[] {(float) scale});
  }

  private void addLstmLayer(int layer) {
    int hidden = shape.hiddenSize();
    float[] bias = new float[4 * hidden]; // [i | f | g | o]
    Arrays.fill(bias, hidden, 2 * hidden, FORGET_BIAS);
    addLayer(layer, 4, bias);
    if (shape.peephole()) {
      add(WeightNames.peephole(layer), new float[3 * hidden]);
    }
  }

  private void addLayer(int layer, int blocks, float[] bias) {
    int inputs = shape.inputSize(layer);
    int hidden = shape.hiddenSize();
    double bound = Math.sqrt(6.0 / (inputs + hidden));
    double recurrentBound = Math.sqrt(6.0 / (hidden + hidden));
    add(WeightNames.weight(layer), uniform(inputs * blocks * hidden, bound));
    add(WeightNames.recurrent(layer), uniform(hidden * blocks * hidden, recurrentBound));
    add(WeightNames.bias(layer), bias);
  }

  private void add(String name, float[] values) {
    int[] extents = Objects.requireNonNull(shapes.get(name), name);
    tensors.put(name, new Tensor(extents, values));
  }

  private float[] uniform(int size, double bound) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = uniform(bound);
    }
    return values;
  }

  private float uniform(double bound) {
    return (float) ((2 * random.nextDouble() - 1) * bound);
  }
}
