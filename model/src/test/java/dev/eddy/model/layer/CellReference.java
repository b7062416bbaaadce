package dev.eddy.model.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The equations of the cells, written down plainly in double; what the layers are tested against.
 */
final class CellReference {
  final CellLayer conf;
  final int inputs;
  final int hidden;
  final Map<String, double[]> parameters = new LinkedHashMap<>(); // row-major

  CellReference(CellLayer conf, Random random) {
    this.conf = conf;
    this.inputs = conf.inputs();
    this.hidden = conf.hidden();
    for (CellParameter parameter : conf.parameters()) {
      double[] values = gaussian(parameter.size(), random);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] / Math.sqrt(parameter.rows())); // or tiny errors grow large
      }
      parameters.put(parameter.name(), values);
    }
  }

  static double[] gaussian(int size, Random random) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /**
   * Steps one sequence.
   *
   * @param x [steps][inputs]
   * @param mask [steps] 0 clears output and state; null: none
   * @param state [2 * hidden] h, then c, before; overwritten by those after
   * @return h [steps][hidden]
   */
  double[][] forward(double[][] x, double[] mask, double[] state) {
    double[][] outputs = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] before = state.clone();
      for (int j = 0; j < hidden; j++) {
        step(x[t], before, state, j);
      }
      if (mask != null && mask[t] == 0) {
        Arrays.fill(state, 0);
      }
      outputs[t] = Arrays.copyOf(state, hidden);
    }
    return outputs;
  }

  private void step(double[] x, double[] before, double[] after, int j) {
    if (conf instanceof SruLayer sru) {
      double[] v = parameters.get("recurrent");
      double[] b = parameters.get("bias");
      int blocks = sru.projectsHighway() ? 4 : 3;
      double c = before[hidden + j];
      double f = sigmoid(input(x, 1, blocks, j) + v[j] * c + b[j]);
      double r = sigmoid(input(x, 2, blocks, j) + v[hidden + j] * c + b[hidden + j]);
      double highway = blocks == 4 ? input(x, 3, 4, j) : sru.highwayScale() * x[j];
      after[hidden + j] = f * c + (1 - f) * input(x, 0, blocks, j);
      after[j] = r * after[hidden + j] + (1 - r) * highway;
    } else if (conf instanceof LstmLayer lstm) {
      double[] p = lstm.isPeephole() ? parameters.get("peephole") : new double[3 * hidden];
      double c = before[hidden + j];
      double i = sigmoid(argument(x, before, 0, 4, j) + p[j] * c);
      double f = sigmoid(argument(x, before, 1, 4, j) + p[hidden + j] * c);
      double g = Math.tanh(argument(x, before, 2, 4, j));
      after[hidden + j] = f * c + i * g;
      double o = sigmoid(argument(x, before, 3, 4, j) + p[2 * hidden + j] * after[hidden + j]);
      after[j] = o * Math.tanh(after[hidden + j]);
    } else if (conf instanceof GruLayer) {
      double z = sigmoid(argument(x, before, 0, 3, j));
      double r = sigmoid(argument(x, before, 1, 3, j));
      double[] b = parameters.get("bias");
      double inner = recurrent(before, 2, 3, j) + b[3 * hidden + j];
      double n = Math.tanh(input(x, 2, 3, j) + b[2 * hidden + j] + r * inner);
      after[j] = (1 - z) * before[j] + z * n;
    } else if (conf instanceof RnnLayer rnn) {
      double a = rnn.getLeak();
      after[j] = (1 - a) * before[j] + a * Math.tanh(argument(x, before, 0, 1, j));
    }
  }

  private double argument(double[] x, double[] before, int block, int blocks, int j) {
    return input(x, block, blocks, j)
        + recurrent(before, block, blocks, j)
        + parameters.get("bias")[block * hidden + j];
  }

  private double input(double[] x, int block, int blocks, int j) {
    return dot(x, inputs, parameters.get("weight"), block * hidden + j, blocks * hidden);
  }

  private double recurrent(double[] before, int block, int blocks, int j) {
    return dot(before, hidden, parameters.get("recurrent"), block * hidden + j, blocks * hidden);
  }

  private static double dot(double[] x, int size, double[] matrix, int column, int columns) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += x[k] * matrix[k * columns + column];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
