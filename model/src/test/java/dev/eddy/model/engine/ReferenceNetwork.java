package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.NetworkShape;
import java.util.Arrays;

/**
 * The cells as the equations say them, one key and one observation at a time, in double arithmetic.
 * Nothing of it is shared with the engines, which are judged by it.
 */
public final class ReferenceNetwork {
  private final NetworkWeights weights;
  private final NetworkShape shape;

  public ReferenceNetwork(NetworkWeights weights) {
    this.weights = weights;
    this.shape = weights.shape();
  }

  /**
   * Steps one key once.
   *
   * @param state [stateSize], overwritten
   * @param input [D]
   * @return [O]
   */
  public double[] step(double[] state, double[] input) {
    double[] x = input;
    for (int layer = 0; layer < shape.layers(); layer++) {
      x =
          switch (shape.cell()) {
            case SRU -> sru(layer, state, x);
            case LSTM -> lstm(layer, state, x);
            case GRU -> gru(layer, state, x);
            case RNN -> rnn(layer, state, x);
          };
    }
    float[] weight = weights.values(WeightNames.HEAD_WEIGHT);
    float[] bias = weights.values(WeightNames.HEAD_BIAS);
    double[] outputs = new double[shape.outputSize()];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = bias[o] + dot(x, weight, o, outputs.length);
    }
    return outputs;
  }

  private double[] sru(int layer, double[] state, double[] x) {
    int hidden = shape.hiddenSize();
    int blocks = WeightShapes.sruBlocks(shape, layer);
    float[] weight = weights.values(WeightNames.weight(layer));
    float[] v = weights.values(WeightNames.recurrent(layer));
    float[] b = weights.values(WeightNames.bias(layer));
    double alpha = weights.values(WeightNames.highwayScale(layer))[0];
    double[] h = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      int slot = layer * hidden + unit;
      double before = state[slot];
      double candidate = dot(x, weight, unit, blocks * hidden);
      double toForget = dot(x, weight, hidden + unit, blocks * hidden);
      double toReset = dot(x, weight, 2 * hidden + unit, blocks * hidden);
      double highway =
          alpha * (blocks == 4 ? dot(x, weight, 3 * hidden + unit, blocks * hidden) : x[unit]);
      double f = sigmoid(toForget + v[unit] * before + b[unit]);
      double r = sigmoid(toReset + v[hidden + unit] * before + b[hidden + unit]);
      double c = f * before + (1 - f) * candidate;
      state[slot] = c;
      h[unit] = r * c + (1 - r) * highway;
    }
    return h;
  }

  private double[] lstm(int layer, double[] state, double[] x) {
    int hidden = shape.hiddenSize();
    int offset = layer * 2 * hidden;
    double[] before = Arrays.copyOfRange(state, offset, offset + hidden);
    double[] h = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      double cell = state[offset + hidden + unit];
      double i = sigmoid(net(layer, 4, 0, unit, x, before) + peephole(layer, 0, unit) * cell);
      double f = sigmoid(net(layer, 4, 1, unit, x, before) + peephole(layer, 1, unit) * cell);
      double g = Math.tanh(net(layer, 4, 2, unit, x, before));
      double c = f * cell + i * g;
      double o = sigmoid(net(layer, 4, 3, unit, x, before) + peephole(layer, 2, unit) * c);
      h[unit] = o * Math.tanh(c);
      state[offset + unit] = h[unit];
      state[offset + hidden + unit] = c;
    }
    return h;
  }

  private double[] gru(int layer, double[] state, double[] x) {
    int hidden = shape.hiddenSize();
    double[] before = Arrays.copyOfRange(state, layer * hidden, (layer + 1) * hidden);
    double[] h = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      double z = sigmoid(net(layer, 3, 0, unit, x, before));
      double r = sigmoid(net(layer, 3, 1, unit, x, before));
      double recurrent =
          dot(before, weights.values(WeightNames.recurrent(layer)), 2 * hidden + unit, 3 * hidden)
              + weights.values(WeightNames.bias(layer))[3 * hidden + unit];
      double candidate =
          dot(x, weights.values(WeightNames.weight(layer)), 2 * hidden + unit, 3 * hidden)
              + weights.values(WeightNames.bias(layer))[2 * hidden + unit];
      h[unit] = (1 - z) * before[unit] + z * Math.tanh(candidate + r * recurrent);
      state[layer * hidden + unit] = h[unit];
    }
    return h;
  }

  private double[] rnn(int layer, double[] state, double[] x) {
    int hidden = shape.hiddenSize();
    double[] before = Arrays.copyOfRange(state, layer * hidden, (layer + 1) * hidden);
    double[] h = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      double candidate = Math.tanh(net(layer, 1, 0, unit, x, before));
      h[unit] = (1 - shape.leak()) * before[unit] + shape.leak() * candidate;
      state[layer * hidden + unit] = h[unit];
    }
    return h;
  }

  /** Of one of several column blocks: x·W + h·R + b. */
  private double net(int layer, int blocks, int block, int unit, double[] x, double[] before) {
    int column = block * shape.hiddenSize() + unit;
    int columns = blocks * shape.hiddenSize();
    return dot(x, weights.values(WeightNames.weight(layer)), column, columns)
        + dot(before, weights.values(WeightNames.recurrent(layer)), column, columns)
        + weights.values(WeightNames.bias(layer))[column];
  }

  private double peephole(int layer, int gate, int unit) {
    return shape.peephole()
        ? weights.values(WeightNames.peephole(layer))[gate * shape.hiddenSize() + unit]
        : 0;
  }

  private static double dot(double[] x, float[] weight, int column, int columns) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * weight[k * columns + column];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
