package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;
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
    int offset = 0;
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      LayerShape each = shape.layers().get(layer);
      x = each.accept(new Step(layer, state, offset, x));
      offset += each.stateSize();
    }
    float[] weight = weights.values(WeightNames.HEAD_WEIGHT);
    float[] bias = weights.values(WeightNames.HEAD_BIAS);
    double[] outputs = new double[shape.outputSize()];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = bias[o] + dot(x, weight, o, outputs.length);
    }
    return outputs;
  }

  /** One layer's step: from its inputs x and its state, which begins at an offset, to its h. */
  private final class Step implements LayerVisitor<double[]> {
    private final double[] state;
    private final int offset;
    private final double[] x;
    private final int layer;

    Step(int layer, double[] state, int offset, double[] x) {
      this.layer = layer;
      this.state = state;
      this.offset = offset;
      this.x = x;
    }

    @Override
    public double[] sru(SruShape sru) {
      int hidden = sru.units();
      boolean projects = x.length != hidden;
      int columns = (projects ? 4 : 3) * hidden;
      float[] weight = values("weight");
      float[] v = values("recurrent");
      float[] b = values("bias");
      double alpha = values("highway-scale")[0];
      double[] h = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        double before = state[offset + unit];
        double candidate = dot(x, weight, unit, columns);
        double toForget = dot(x, weight, hidden + unit, columns);
        double toReset = dot(x, weight, 2 * hidden + unit, columns);
        double highway = alpha * (projects ? dot(x, weight, 3 * hidden + unit, columns) : x[unit]);
        double f = sigmoid(toForget + v[unit] * before + b[unit]);
        double r = sigmoid(toReset + v[hidden + unit] * before + b[hidden + unit]);
        double c = f * before + (1 - f) * candidate;
        state[offset + unit] = c;
        h[unit] = r * c + (1 - r) * highway;
      }
      return h;
    }

    @Override
    public double[] lstm(LstmShape lstm) {
      int hidden = lstm.units();
      float[] p = lstm.peephole() ? values("peephole") : new float[3 * hidden];
      double[] before = Arrays.copyOfRange(state, offset, offset + hidden);
      double[] h = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        double cell = state[offset + hidden + unit];
        double i = sigmoid(net(4, 0, unit, before) + p[unit] * cell);
        double f = sigmoid(net(4, 1, unit, before) + p[hidden + unit] * cell);
        double g = Math.tanh(net(4, 2, unit, before));
        double c = f * cell + i * g;
        double o = sigmoid(net(4, 3, unit, before) + p[2 * hidden + unit] * c);
        h[unit] = o * Math.tanh(c);
        state[offset + unit] = h[unit];
        state[offset + hidden + unit] = c;
      }
      return h;
    }

    @Override
    public double[] gru(GruShape gru) {
      int hidden = gru.units();
      double[] before = Arrays.copyOfRange(state, offset, offset + hidden);
      double[] h = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        double z = sigmoid(net(3, 0, unit, before));
        double r = sigmoid(net(3, 1, unit, before));
        int column = 2 * hidden + unit;
        double recurrent =
            dot(before, values("recurrent"), column, 3 * hidden)
                + values("bias")[3 * hidden + unit];
        double candidate = dot(x, values("weight"), column, 3 * hidden) + values("bias")[column];
        h[unit] = (1 - z) * before[unit] + z * Math.tanh(candidate + r * recurrent);
        state[offset + unit] = h[unit];
      }
      return h;
    }

    @Override
    public double[] rnn(RnnShape rnn) {
      int hidden = rnn.units();
      double[] before = Arrays.copyOfRange(state, offset, offset + hidden);
      double[] h = new double[hidden];
      for (int unit = 0; unit < hidden; unit++) {
        double candidate = Math.tanh(net(1, 0, unit, before));
        h[unit] = (1 - rnn.leak()) * before[unit] + rnn.leak() * candidate;
        state[offset + unit] = h[unit];
      }
      return h;
    }

    /** Of one of several column blocks: x·W + h·R + b. */
    private double net(int blocks, int block, int unit, double[] before) {
      int column = block * before.length + unit;
      int columns = blocks * before.length;
      return dot(x, values("weight"), column, columns)
          + dot(before, values("recurrent"), column, columns)
          + values("bias")[column];
    }

    private float[] values(String tensor) {
      return weights.values("layers." + layer + "." + tensor);
    }
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
