package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class SruLayerTest {
  private static final int BATCH = 3;
  private static final int STEPS = 5;
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"4, 4", "3, 4", "1, 2", "5, 1"})
  void forward_follows_the_equations(int inputs, int hidden) {
    Fixture fixture = new Fixture(inputs, hidden, BATCH, STEPS, 0);
    assertThat(fixture.layer.activate(fixture.inputArray(), false, NONE))
        .satisfies(output -> assertClose(output, fixture.reference(null)));
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "3, 4"})
  void a_masked_step_gives_zero_and_leaves_a_zero_state(int inputs, int hidden) {
    Fixture fixture = new Fixture(inputs, hidden, BATCH, STEPS, 0);
    double[][] mask = {{1, 1, 1, 1, 1}, {1, 1, 0, 1, 1}, {1, 0, 0, 0, 0}};
    fixture.layer.setMaskArray(Nd4j.create(mask).castTo(DataType.FLOAT));
    assertClose(fixture.layer.activate(fixture.inputArray(), true, NONE), fixture.reference(mask));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, false", "3, 4, false", "4, 4, true", "3, 4, true", "2, 1, false"})
  void gradients_equal_finite_differences(int inputs, int hidden, boolean masked) {
    Fixture fixture = new Fixture(inputs, hidden, BATCH, STEPS, 0);
    double[][] mask =
        masked ? new double[][] {{1, 1, 1, 1, 1}, {1, 1, 0, 1, 1}, {1, 1, 1, 0, 0}} : null;
    if (mask != null) {
      fixture.layer.setMaskArray(Nd4j.create(mask).castTo(DataType.FLOAT));
    }
    fixture.layer.activate(fixture.inputArray(), true, NONE);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.epsilonArray(), NONE), mask);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bdt", "tbd", "dbt", "tdb"})
  void any_layout_in_memory_will_do(String layout) {
    Fixture fixture = new Fixture(4, 4, BATCH, STEPS, 0);
    int[] order = {layout.indexOf('b'), layout.indexOf('d'), layout.indexOf('t')};
    int[] there = new int[3];
    for (int i = 0; i < 3; i++) {
      there[order[i]] = i;
    }
    INDArray input = fixture.inputArray().permute(there).dup('c').permute(order);
    INDArray epsilon = fixture.epsilonArray().permute(there).dup('c').permute(order);
    assertClose(fixture.layer.activate(input, true, NONE), fixture.reference(null));
    fixture.assertGradients(fixture.layer.backpropGradient(epsilon, NONE), null);
  }

  @Test
  void backward_works_without_a_kept_forward_pass() {
    Fixture fixture = new Fixture(4, 4, BATCH, STEPS, 0);
    fixture.layer.activate(fixture.inputArray(), false, NONE);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.epsilonArray(), NONE), null);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "3, 4"})
  void truncated_backpropagation_starts_from_the_stored_state(int inputs, int hidden) {
    Fixture fixture = new Fixture(inputs, hidden, BATCH, STEPS, 0);
    fixture.layer.rnnActivateUsingStoredState(fixture.inputArray(), true, true, NONE);
    fixture.carryState();
    fixture.newInput();
    INDArray output =
        fixture.layer.rnnActivateUsingStoredState(fixture.inputArray(), true, true, NONE);
    assertClose(output, fixture.reference(null));
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.epsilonArray(), NONE), null);
  }

  @Test
  void truncated_backpropagation_stops_errors_at_its_length() {
    Fixture fixture = new Fixture(4, 4, BATCH, STEPS, 0);
    fixture.layer.activate(fixture.inputArray(), true, NONE);
    INDArray inputGradient =
        fixture.layer.tbpttBackpropGradient(fixture.epsilonArray(), 2, NONE).getSecond();
    for (int t = 0; t < STEPS; t++) {
      double norm =
          inputGradient
              .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t))
              .dup()
              .norm2Number()
              .doubleValue();
      assertThat(norm > 0).as("step %d", t).isEqualTo(t >= STEPS - 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "3, 4"})
  void time_steps_one_by_one_equal_the_whole_sequence(int inputs, int hidden) {
    MultiLayerNetwork network = network(inputs, hidden, RNNFormat.NCW, 1);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    INDArray whole = network.output(x);
    for (int t = 0; t < STEPS; t++) {
      INDArray step = network.rnnTimeStep(x.tensorAlongDimension(t, 0, 1).dup());
      assertThat(step.distance2(whole.tensorAlongDimension(t, 0, 1).dup())).isLessThan(1e-5);
    }
  }

  @Test
  void a_batch_equals_each_sequence_alone() {
    MultiLayerNetwork network = network(3, 4, RNNFormat.NCW, 1);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, 3, STEPS);
    INDArray together = network.output(x);
    for (int b = 0; b < BATCH; b++) {
      INDArray alone = network.output(x.slice(b).reshape(1, 3, STEPS));
      assertThat(alone.reshape(2, STEPS).distance2(together.slice(b).dup())).isLessThan(1e-5);
    }
  }

  @Test
  void the_data_format_nwc_gives_the_same_numbers() {
    MultiLayerNetwork ncw = network(3, 4, RNNFormat.NCW, 1);
    MultiLayerNetwork nwc = network(3, 4, RNNFormat.NWC, 1);
    nwc.setParams(ncw.params());
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, 3, STEPS);
    INDArray expected = ncw.output(x);
    INDArray actual = nwc.output(x.permute(0, 2, 1).dup()).permute(0, 2, 1);
    assertThat(actual.dup().distance2(expected.dup())).isLessThan(1e-5);
  }

  @Test
  void json_and_back_gives_an_equal_configuration() {
    MultiLayerConfiguration configuration =
        network(3, 4, RNNFormat.NCW, 1).getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    SruLayer layer = (SruLayer) read.getConf(0).getLayer();
    assertThat(layer.getHighwayBias()).isEqualTo(-1);
    assertThat(layer).isNotEqualTo(new SruLayer.Builder().nIn(3).nOut(4).build());
  }

  @Test
  void initial_weights_have_the_papers_variances() {
    int hidden = 64;
    MultiLayerNetwork network = network(hidden, hidden, RNNFormat.NCW, 1);
    float[] weight = TimeMajor.read(network.getParam("0_W"));
    int block = hidden * hidden;
    assertThat(variance(weight, 0, block)).isCloseTo(1.0 / hidden, within(1e-3));
    assertThat(variance(weight, block, 3 * block)).isCloseTo(0.5 / hidden, within(1e-3));
    assertThat(variance(TimeMajor.read(network.getParam("0_v")), 0, 2 * hidden))
        .isCloseTo(0.5, within(0.15));
    float[] bias = TimeMajor.read(network.getParam("0_b"));
    assertThat(bias[0]).isZero();
    assertThat(bias[hidden]).isEqualTo(-1f);
    SruLayer conf = (SruLayer) network.getLayer(0).conf().getLayer();
    assertThat(conf.highwayScale()).isCloseTo((float) Math.sqrt(1 + 2 / Math.E), within(1e-6f));
  }

  @Test
  void equal_seeds_give_equal_weights() {
    INDArray first = network(3, 4, RNNFormat.NCW, 5).params();
    assertThat(network(3, 4, RNNFormat.NCW, 5).params()).isEqualTo(first);
    assertThat(network(3, 4, RNNFormat.NCW, 6).params()).isNotEqualTo(first);
  }

  @Test
  void learns_to_remember_the_first_input() {
    MultiLayerNetwork network = trainable(BackpropType.Standard);
    assertThat(lossAfterTraining(network)).isLessThan(0.05);
  }

  @Test
  void learns_with_truncated_backpropagation() {
    MultiLayerNetwork network = trainable(BackpropType.TruncatedBPTT);
    assertThat(lossAfterTraining(network)).isLessThan(0.2);
  }

  @Test
  void refuses_an_input_of_another_size() {
    Fixture fixture = new Fixture(4, 4, BATCH, STEPS, 0);
    INDArray wrong = Nd4j.zeros(DataType.FLOAT, BATCH, 3, STEPS);
    assertThatThrownBy(() -> fixture.layer.activate(wrong, false, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[batch, 4, time]");
  }

  @Test
  void refuses_double_precision() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .list()
            .layer(new SruLayer.Builder().nIn(2).nOut(2).build())
            .build();
    assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
        .hasMessageContaining("data type DOUBLE (must be FLOAT)");
  }

  private static double variance(float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += values[i] * values[i];
    }
    return squares / (to - from);
  }

  private static MultiLayerNetwork network(int inputs, int hidden, RNNFormat format, long seed) {
    return built(
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .list()
            .layer(
                new SruLayer.Builder()
                    .nIn(inputs)
                    .nOut(hidden)
                    .highwayBias(-1)
                    .dataFormat(format)
                    .build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nIn(hidden)
                    .nOut(2)
                    .dataFormat(format)
                    .build())
            .build());
  }

  private static MultiLayerNetwork trainable(BackpropType type) {
    return built(
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.02))
            .list()
            .layer(new SruLayer.Builder().nIn(2).nOut(8).build())
            .layer(new SruLayer.Builder().nIn(8).nOut(8).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nIn(8)
                    .nOut(1)
                    .build())
            .backpropType(type)
            .tBPTTLength(4)
            .build());
  }

  private static MultiLayerNetwork built(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** The first input of each sequence, a sign, is to be said at every step. */
  private double lossAfterTraining(MultiLayerNetwork network) {
    double loss = 0;
    for (int i = 0; i < 200; i++) {
      INDArray x = Nd4j.zeros(DataType.FLOAT, 16, 2, 8);
      INDArray y = Nd4j.zeros(DataType.FLOAT, 16, 1, 8);
      for (int b = 0; b < 16; b++) {
        int sign = random.nextBoolean() ? 1 : -1;
        for (int t = 0; t < 8; t++) {
          x.putScalar(new int[] {b, 0, t}, t == 0 ? sign : random.nextGaussian() * 0.1);
          x.putScalar(new int[] {b, 1, t}, t == 0 ? 1 : 0);
          y.putScalar(new int[] {b, 0, t}, sign);
        }
      }
      network.fit(x, y);
      loss = network.score();
    }
    return loss / 8; // Deeplearning4j sums over steps
  }

  private static void assertClose(INDArray actual, double[][][] expected) {
    for (int b = 0; b < expected.length; b++) {
      for (int t = 0; t < expected[b].length; t++) {
        for (int j = 0; j < expected[b][t].length; j++) {
          assertThat(actual.getDouble(b, j, t))
              .as("sequence %d, step %d, unit %d", b, t, j)
              .isCloseTo(expected[b][t][j], within(2e-6 * (1 + Math.abs(expected[b][t][j]))));
        }
      }
    }
  }

  /** A layer and its reference with the same weights, inputs and state. */
  private final class Fixture {
    final SruReference sru;
    final RecurrentLayer layer;
    final double[][][] x; // [batch][steps][inputs]
    final double[][][] epsilon; // [batch][steps][hidden]
    final double[][] state; // [batch][hidden]

    Fixture(int inputs, int hidden, int batch, int steps, double highwayBias) {
      sru = new SruReference(inputs, hidden, Math.sqrt(1 + 2 * Math.exp(highwayBias)), random);
      MultiLayerNetwork network =
          built(
              new NeuralNetConfiguration.Builder()
                  .list()
                  .layer(
                      new SruLayer.Builder()
                          .nIn(inputs)
                          .nOut(hidden)
                          .highwayBias(highwayBias)
                          .build())
                  .build());
      network.initGradientsView();
      layer = (RecurrentLayer) network.getLayer(0);
      layer.getParam("W").assign(Nd4j.create(sru.weight).castTo(DataType.FLOAT));
      layer.getParam("v").assign(Nd4j.create(sru.recurrent).castTo(DataType.FLOAT));
      layer.getParam("b").assign(Nd4j.create(sru.bias).castTo(DataType.FLOAT));
      x = new double[batch][steps][inputs];
      epsilon = new double[batch][steps][hidden];
      state = new double[batch][hidden];
      newInput();
    }

    void newInput() {
      for (int b = 0; b < x.length; b++) {
        for (int t = 0; t < x[b].length; t++) {
          SruReference.fill(x[b][t], random);
          SruReference.fill(epsilon[b][t], random);
        }
      }
    }

    /** The reference's state after its inputs becomes the one before. */
    void carryState() {
      for (int b = 0; b < x.length; b++) {
        sru.forward(x[b], null, state[b]);
      }
    }

    INDArray inputArray() {
      return Nd4j.create(x).castTo(DataType.FLOAT).permute(0, 2, 1).dup('c');
    }

    INDArray epsilonArray() {
      return Nd4j.create(epsilon).castTo(DataType.FLOAT).permute(0, 2, 1).dup('f');
    }

    double[][][] reference(double[][] mask) {
      double[][][] h = new double[x.length][][];
      for (int b = 0; b < x.length; b++) {
        h[b] = sru.forward(x[b], mask == null ? null : mask[b], state[b].clone());
      }
      return h;
    }

    private double loss(double[][] mask) {
      double[][][] h = reference(mask);
      double sum = 0;
      for (int b = 0; b < h.length; b++) {
        for (int t = 0; t < h[b].length; t++) {
          for (int j = 0; j < h[b][t].length; j++) {
            sum += epsilon[b][t][j] * h[b][t][j];
          }
        }
      }
      return sum;
    }

    void assertGradients(Pair<Gradient, INDArray> actual, double[][] mask) {
      DoubleSupplier loss = () -> loss(mask);
      INDArray weight = actual.getFirst().getGradientFor("W");
      for (int i = 0; i < sru.weight.length; i++) {
        for (int j = 0; j < sru.weight[i].length; j++) {
          assertDerivative("W " + i + " " + j, weight.getDouble(i, j), sru.weight[i], j, loss);
        }
      }
      for (int j = 0; j < sru.bias.length; j++) {
        double v = actual.getFirst().getGradientFor("v").getDouble(j);
        assertDerivative("v " + j, v, sru.recurrent, j, loss);
        double bias = actual.getFirst().getGradientFor("b").getDouble(j);
        assertDerivative("b " + j, bias, sru.bias, j, loss);
      }
      for (int b = 0; b < x.length; b++) {
        for (int t = 0; t < x[b].length; t++) {
          for (int i = 0; i < x[b][t].length; i++) {
            double dx = actual.getSecond().getDouble(b, i, t);
            assertDerivative("x " + b + " " + t + " " + i, dx, x[b][t], i, loss);
          }
        }
      }
    }

    private void assertDerivative(
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
}
