package dev.eddy.model.layer;

import java.util.Random;

/**
 * The equations of an SRU layer, written down plainly in double; what the layer is tested against.
 */
final class SruReference {
  final int inputs;
  final int hidden;
  final boolean projects;
  final double alpha;
  final double[][] weight; // [inputs][blocks * hidden]
  final double[] recurrent; // [2 * hidden]
  final double[] bias; // [2 * hidden]

  SruReference(int inputs, int hidden, double alpha, Random random) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.projects = inputs != hidden;
    this.alpha = projects ? 1 : alpha;
    int blocks = projects ? 4 : 3;
    weight = new double[inputs][blocks * hidden];
    recurrent = new double[2 * hidden];
    bias = new double[2 * hidden];
    for (double[] row : weight) {
      fill(row, random);
    }
    fill(recurrent, random);
    fill(bias, random);
  }

  static void fill(double[] values, Random random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  /**
   * Steps one sequence.
   *
   * @param x [steps][inputs]
   * @param mask [steps] 0 clears output and state; null: none
   * @param c [hidden] the state before; overwritten by the one after
   * @return h [steps][hidden]
   */
  double[][] forward(double[][] x, double[] mask, double[] c) {
    double[][] h = new double[x.length][hidden];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < hidden; j++) {
        if (mask != null && mask[t] == 0) {
          c[j] = 0;
          continue;
        }
        double f = sigmoid(dot(x[t], hidden + j) + recurrent[j] * c[j] + bias[j]);
        double r =
            sigmoid(dot(x[t], 2 * hidden + j) + recurrent[hidden + j] * c[j] + bias[hidden + j]);
        c[j] = f * c[j] + (1 - f) * dot(x[t], j);
        double highway = projects ? dot(x[t], 3 * hidden + j) : alpha * x[t][j];
        h[t][j] = r * c[j] + (1 - r) * highway;
      }
    }
    return h;
  }

  private double dot(double[] x, int column) {
    double sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += x[i] * weight[i][column];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
