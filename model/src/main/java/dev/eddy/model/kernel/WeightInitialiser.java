package dev.eddy.model.kernel;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
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
final class WeightInitialiser implements LayerVisitor<Map<String, float[]>> {
  /** b, the highway bias of SRU's reset gate. */
  public static final float HIGHWAY_BIAS = 0f;

  /** The bias of LSTM's forget gate. */
  public static final float FORGET_BIAS = 1f;

  private final SplittableRandom random;

  private WeightInitialiser(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static NetworkWeights initialise(NetworkShape shape, long seed) {
    WeightInitialiser initialiser = new WeightInitialiser(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      int number = layer;
      shape
          .layers()
          .get(layer)
          .accept(initialiser)
          .forEach((name, ofTensor) -> values.put(WeightNames.ofLayer(number, name), ofTensor));
    }
    values.put(WeightNames.HEAD_WEIGHT, new float[shape.topSize() * shape.outputSize()]);
    values.put(WeightNames.HEAD_BIAS, new float[shape.outputSize()]);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WeightShapes.of(shape)
        .forEach(
            (name, extents) ->
                tensors.put(
                    name, new Tensor(extents, Objects.requireNonNull(values.get(name), name))));
    return new NetworkWeights(shape, tensors);
  }

  @Override
  public Map<String, float[]> sru(SruShape shape) {
    int hidden = shape.units();
    int blocks = shape.blocks();
    double bound = Math.sqrt(3.0 / shape.inputs());
    double gateBound = bound * Math.sqrt(0.5);
    float[] weight = new float[shape.inputs() * blocks * hidden]; // [D, H * G]
    for (int i = 0; i < weight.length; i++) {
      int block = i / hidden % blocks;
      boolean gate = block == 1 || block == 2;
      weight[i] = uniform(gate ? gateBound : bound);
    }
    float[] recurrent = uniform(2 * hidden, Math.sqrt(3 * 0.5));
    float[] bias = new float[2 * hidden]; // [b_f | b_r]
    Arrays.fill(bias, hidden, 2 * hidden, HIGHWAY_BIAS);
    double scale = shape.projects() ? 1 : Math.sqrt(1 + 2 * StrictMath.exp(HIGHWAY_BIAS));
    return Map.of(
        TensorShape.WEIGHT, weight,
        TensorShape.RECURRENT, recurrent,
        TensorShape.BIAS, bias,
        TensorShape.HIGHWAY_SCALE, new float[] {(float) scale});
  }

  @Override
  public Map<String, float[]> lstm(LstmShape shape) {
    int hidden = shape.units();
    float[] bias = new float[4 * hidden]; // [i | f | g | o]
    Arrays.fill(bias, hidden, 2 * hidden, FORGET_BIAS);
    Map<String, float[]> values = new HashMap<>(glorot(shape, 4, bias));
    if (shape.peephole()) {
      values.put(TensorShape.PEEPHOLE, new float[3 * hidden]);
    }
    return values;
  }

  @Override
  public Map<String, float[]> gru(GruShape shape) {
    return glorot(shape, 3, new float[4 * shape.units()]);
  }

  @Override
  public Map<String, float[]> rnn(RnnShape shape) {
    return glorot(shape, 1, new float[shape.units()]);
  }

  private Map<String, float[]> glorot(LayerShape shape, int blocks, float[] bias) {
    int inputs = shape.inputs();
    int hidden = shape.units();
    double bound = Math.sqrt(6.0 / (inputs + hidden));
    double recurrentBound = Math.sqrt(6.0 / (hidden + hidden));
    float[] weight = uniform(inputs * blocks * hidden, bound); // drawn first
    float[] recurrent = uniform(hidden * blocks * hidden, recurrentBound);
    return Map.of(
        TensorShape.WEIGHT, weight, TensorShape.RECURRENT, recurrent, TensorShape.BIAS, bias);
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
