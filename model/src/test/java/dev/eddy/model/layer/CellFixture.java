package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.layer.nd4j.Nd4jPasses;
import dev.eddy.model.layer.pass.Passes;
import dev.eddy.model.layer.simd.SimdPasses;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer and its reference with the same weights, inputs and state. */
final class CellFixture {
  static final int BATCH = 3;
  static final int STEPS = 5;

  final CellLayerImplementation layer;
  final double[][][] x = new double[BATCH][STEPS][]; // [batch][steps][inputs]
  final double[][][] epsilon = new double[BATCH][STEPS][]; // [batch][steps][hidden]
  final double[][] state; // [batch][2 * hidden], h, then c
  private final CellReference reference;
  private final Random random = new Random(7);

  CellFixture(CellLayer conf, boolean simd) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list().layer(conf).build());
    network.init();
    network.initGradientsView();
    layer = (CellLayerImplementation) network.getLayer(0);
    layer.use(conf.pass(passes(simd)));
    reference = new CellReference(conf, random);
    reference.parameters.forEach((name, values) -> fill(layer.getParam(name), values));
    state = new double[BATCH][2 * reference.hidden];
    newInput();
  }

  static Passes passes(boolean simd) {
    return simd ? new SimdPasses() : new Nd4jPasses();
  }

  private static void fill(INDArray array, double[] values) {
    array.assign(Nd4j.create(values, array.shape(), 'c').castTo(DataType.FLOAT));
  }

  void newInput() {
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        x[b][t] = CellReference.gaussian(reference.inputs, random);
        epsilon[b][t] = CellReference.gaussian(reference.hidden, random);
      }
    }
  }

  /** The reference's state after its inputs becomes the one before. */
  void carryState() {
    for (int b = 0; b < BATCH; b++) {
      reference.forward(x[b], null, state[b]);
    }
  }

  INDArray input() {
    return Nd4j.create(x).castTo(DataType.FLOAT).permute(0, 2, 1).dup('c');
  }

  INDArray outputGradient() {
    return Nd4j.create(epsilon).castTo(DataType.FLOAT).permute(0, 2, 1).dup('f');
  }

  void mask(double[][] mask) {
    if (mask != null) {
      layer.setMaskArray(Nd4j.create(mask).castTo(DataType.FLOAT));
    }
  }

  void assertOutputs(INDArray actual, double[][] mask) {
    double[][][] expected = outputs(mask);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < expected[b][t].length; j++) {
          assertThat(actual.getDouble(b, j, t))
              .as("sequence %d, step %d, unit %d", b, t, j)
              .isCloseTo(expected[b][t][j], within(2e-6 * (1 + Math.abs(expected[b][t][j]))));
        }
      }
    }
  }

  void assertGradients(Pair<Gradient, INDArray> actual, double[][] mask) {
    assertSomeGradients(actual, mask, Integer.MAX_VALUE);
  }

  /** About so many of each parameter's and of the inputs' gradients. */
  void assertSomeGradients(Pair<Gradient, INDArray> actual, double[][] mask, int count) {
    DoubleSupplier loss = () -> loss(mask);
    for (Map.Entry<String, double[]> parameter : reference.parameters.entrySet()) {
      String name = parameter.getKey();
      float[] found = actual.getFirst().getGradientFor(name).dup('c').data().asFloat();
      for (int i = 0; i < found.length; i += stride(found.length, count)) {
        assertDerivative(name + " " + i, found[i], parameter.getValue(), i, loss);
      }
    }
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        for (int i = 0;
            i < reference.inputs;
            i += stride(reference.inputs, count / BATCH / STEPS)) {
          double found = actual.getSecond().getDouble(b, i, t);
          assertDerivative("x " + b + " " + t + " " + i, found, x[b][t], i, loss);
        }
      }
    }
  }

  /** Odd, that all columns of a matrix have their turn. */
  private static int stride(int size, int count) {
    return size <= count ? 1 : size / count | 1;
  }

  private double[][][] outputs(double[][] mask) {
    double[][][] h = new double[BATCH][][];
    for (int b = 0; b < BATCH; b++) {
      h[b] = reference.forward(x[b], mask == null ? null : mask[b], state[b].clone());
    }
    return h;
  }

  private double loss(double[][] mask) {
    double[][][] h = outputs(mask);
    double sum = 0;
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < h[b][t].length; j++) {
          sum += epsilon[b][t][j] * h[b][t][j];
        }
      }
    }
    return sum;
  }

  private static void assertDerivative(
      String name, double actual, double[] values, int index, DoubleSupplier loss) {
    double kept = values[index];
    values[index] = kept + 1e-5;
    double above = loss.getAsDouble();
    values[index] = kept - 1e-5;
    double below = loss.getAsDouble();
    values[index] = kept;
    double expected = (above - below) / 2e-5;
    assertThat(actual).as(name).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
  }
}
