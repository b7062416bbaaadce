package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers inside a Deeplearning4j network that trains them. */
class CellTrainingTest {
  private static final int STEPS = 8;

  private final Random random = new Random(7);

  private static Stream<Arguments> everyPass() {
    return Stream.of("sru", "lstm", "peephole", "gru", "rnn", "leaky")
        .flatMap(cell -> Stream.of(Arguments.of(cell, true), Arguments.of(cell, false)));
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void learns_to_remember_the_first_input(String cell, boolean simd) {
    assertThat(lossAfterTraining(network(cell, simd, BackpropType.Standard, 1))).isLessThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void learns_with_truncated_backpropagation(String cell, boolean simd) {
    assertThat(lossAfterTraining(network(cell, simd, BackpropType.TruncatedBPTT, 1)))
        .isLessThan(0.3);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void learns_with_dropout(String cell, boolean simd) {
    assertThat(lossAfterTraining(network(cell, simd, BackpropType.Standard, 0.9))).isLessThan(0.5);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void a_batch_equals_each_sequence_alone(String cell, boolean simd) {
    MultiLayerNetwork network = network(cell, simd, BackpropType.Standard, 1);
    INDArray x = Nd4j.randn(DataType.FLOAT, 3, 2, STEPS);
    INDArray together = network.output(x);
    for (int b = 0; b < 3; b++) {
      INDArray alone = network.output(x.slice(b).reshape(1, 2, STEPS));
      assertThat(alone.reshape(1, STEPS).distance2(together.slice(b).dup())).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void training_is_repeatable(String cell, boolean simd) {
    MultiLayerNetwork first = network(cell, simd, BackpropType.Standard, 0.8);
    MultiLayerNetwork second = network(cell, simd, BackpropType.Standard, 0.8);
    INDArray x = Nd4j.randn(DataType.FLOAT, 16, 2, STEPS);
    INDArray y = Nd4j.randn(DataType.FLOAT, 16, 1, STEPS);
    for (MultiLayerNetwork network : new MultiLayerNetwork[] {first, second}) {
      Nd4j.getRandom().setSeed(5);
      for (int i = 0; i < 5; i++) {
        network.fit(x, y);
      }
    }
    assertThat(second.params()).isEqualTo(first.params());
  }

  @Test
  void initial_weights_of_an_sru_have_the_papers_variances() {
    int hidden = 64;
    CellLayer conf = new SruLayer.Builder().highwayBias(-1).nIn(hidden).nOut(hidden).build();
    float[] weight = conf.parameters().get(0).initial().get(); // [64, 3 * 64]
    assertThat(variance(weight, 3 * hidden, 0, hidden)).isCloseTo(1.0 / hidden, within(1e-3));
    assertThat(variance(weight, 3 * hidden, hidden, 3 * hidden))
        .isCloseTo(0.5 / hidden, within(1e-3));
    float[] v = conf.parameters().get(1).initial().get();
    assertThat(variance(v, 2 * hidden, 0, 2 * hidden)).isCloseTo(0.5, within(0.15));
    float[] bias = conf.parameters().get(2).initial().get();
    assertThat(bias[0]).isZero();
    assertThat(bias[hidden]).isEqualTo(-1f);
    assertThat(((SruLayer) conf).highwayScale())
        .isCloseTo((float) Math.sqrt(1 + 2 / Math.E), within(1e-6f));
  }

  @Test
  void an_lstm_begins_by_remembering() {
    CellLayer conf = new LstmLayer.Builder().peephole(true).nIn(3).nOut(2).build();
    assertThat(conf.parameters().get(2).initial().get()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(conf.parameters().get(3).initial().get()).containsOnly(0).hasSize(6);
  }

  @Test
  void equal_seeds_give_equal_weights() {
    INDArray first = network("gru", true, BackpropType.Standard, 1).params();
    assertThat(network("gru", true, BackpropType.Standard, 1).params()).isEqualTo(first);
  }

  private static double variance(float[] matrix, int columns, int from, int to) {
    double squares = 0;
    int count = 0;
    for (int i = 0; i < matrix.length; i++) {
      if (i % columns >= from && i % columns < to) {
        squares += matrix[i] * matrix[i];
        count++;
      }
    }
    return squares / count;
  }

  private static CellLayer.Builder<?> cell(String name) {
    return switch (name) {
      case "sru" -> new SruLayer.Builder();
      case "lstm" -> new LstmLayer.Builder();
      case "peephole" -> new LstmLayer.Builder().peephole(true);
      case "gru" -> new GruLayer.Builder();
      case "rnn" -> new RnnLayer.Builder();
      default -> new RnnLayer.Builder().leak(0.5);
    };
  }

  private static MultiLayerNetwork network(
      String cell, boolean simd, BackpropType type, double retained) {
    CellLayer.Builder<?> first = cell(cell);
    CellLayer.Builder<?> second = cell(cell);
    first.nIn(2).nOut(8);
    second.nIn(8).nOut(8);
    if (retained < 1) {
      second.dropOut(new SpatialDropout(retained));
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.02))
                .list()
                .layer((CellLayer) first.build())
                .layer((CellLayer) second.build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(8)
                        .nOut(1)
                        .build())
                .backpropType(type)
                .tBPTTLength(4)
                .build());
    network.init();
    for (int i = 0; i < 2; i++) {
      CellLayerImplementation layer = (CellLayerImplementation) network.getLayer(i);
      layer.use(layer.layerConf().pass(CellFixture.passes(simd)));
    }
    return network;
  }

  /** The first input of each sequence, a sign, is to be said at every step. */
  private double lossAfterTraining(MultiLayerNetwork network) {
    double loss = 0;
    for (int i = 0; i < 200; i++) {
      float[] x = new float[16 * 2 * STEPS];
      float[] y = new float[16 * STEPS];
      for (int b = 0; b < 16; b++) {
        int sign = random.nextBoolean() ? 1 : -1;
        for (int t = 0; t < STEPS; t++) {
          x[(b * 2) * STEPS + t] = (float) (t == 0 ? sign : random.nextGaussian() * 0.1);
          x[(b * 2 + 1) * STEPS + t] = t == 0 ? 1 : 0;
          y[b * STEPS + t] = sign;
        }
      }
      network.fit(
          Nd4j.create(x, new long[] {16, 2, STEPS}, 'c'),
          Nd4j.create(y, new long[] {16, 1, STEPS}, 'c'));
      loss = network.score();
    }
    return loss / STEPS; // Deeplearning4j sums over steps
  }
}
