package dev.eddy.model.layer;

import static dev.eddy.model.layer.CellFixture.BATCH;
import static dev.eddy.model.layer.CellFixture.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CellLayerTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
  private static final double[][] MASK = {{1, 1, 1, 1, 1}, {1, 1, 0, 1, 1}, {1, 1, 1, 0, 0}};

  /** Every cell and variant. */
  enum Variant {
    SRU((inputs, hidden) -> new SruLayer.Builder().highwayBias(-1).nIn(inputs).nOut(hidden)),
    LSTM((inputs, hidden) -> new LstmLayer.Builder().nIn(inputs).nOut(hidden)),
    PEEPHOLE((inputs, hidden) -> new LstmLayer.Builder().peephole(true).nIn(inputs).nOut(hidden)),
    GRU((inputs, hidden) -> new GruLayer.Builder().nIn(inputs).nOut(hidden)),
    RNN((inputs, hidden) -> new RnnLayer.Builder().nIn(inputs).nOut(hidden)),
    LEAKY((inputs, hidden) -> new RnnLayer.Builder().leak(0.3).nIn(inputs).nOut(hidden));

    private final BiFunction<Integer, Integer, CellLayer.Builder<?>> builder;

    Variant(BiFunction<Integer, Integer, CellLayer.Builder<?>> builder) {
      this.builder = builder;
    }

    CellLayer.Builder<?> builder(int inputs, int hidden) {
      return builder.apply(inputs, hidden);
    }

    CellLayer layer(int inputs, int hidden) {
      return builder(inputs, hidden).build();
    }
  }

  private static Stream<Arguments> everyPass() {
    List<Arguments> cases = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      for (boolean simd : new boolean[] {true, false}) {
        for (int[] sizes : new int[][] {{4, 4}, {16, 16}, {3, 18}}) {
          cases.add(Arguments.of(variant, simd, sizes[0], sizes[1]));
        }
      }
    }
    return cases.stream();
  }

  private static Stream<Arguments> everyShape() {
    return everyPass()
        .map(Arguments::get)
        .filter(pass -> (boolean) pass[1])
        .map(pass -> Arguments.of(pass[0], pass[2], pass[3]));
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void forward_follows_the_equations(Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.assertOutputs(fixture.layer.activate(fixture.input(), false, NONE), null);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void a_masked_step_gives_zero_and_leaves_a_zero_state(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.mask(MASK);
    fixture.assertOutputs(fixture.layer.activate(fixture.input(), true, NONE), MASK);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void gradients_equal_finite_differences(Variant variant, boolean simd, int inputs, int hidden) {
    for (double[][] mask : new double[][][] {null, MASK}) {
      CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
      fixture.mask(mask);
      fixture.layer.activate(fixture.input(), true, NONE);
      fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), mask);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void truncated_backpropagation_starts_from_the_stored_state(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.layer.rnnActivateUsingStoredState(fixture.input(), true, true, NONE);
    fixture.carryState();
    fixture.newInput();
    INDArray output = fixture.layer.rnnActivateUsingStoredState(fixture.input(), true, true, NONE);
    fixture.assertOutputs(output, null);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void truncated_backpropagation_stops_errors_at_its_length(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.layer.activate(fixture.input(), true, NONE);
    Pair<Gradient, INDArray> truncated =
        fixture.layer.tbpttBackpropGradient(fixture.outputGradient(), 2, NONE);
    for (int t = 0; t < STEPS; t++) {
      double norm =
          truncated
              .getSecond()
              .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t))
              .dup()
              .norm2Number()
              .doubleValue();
      assertThat(norm > 0).as("step %d", t).isEqualTo(t >= STEPS - 2);
    }
    INDArray cut = fixture.layer.getGradientsViewArray().dup();
    fixture.layer.rnnActivateUsingStoredState(steps(fixture.input(), 0, 3), true, true, NONE);
    fixture.layer.rnnActivateUsingStoredState(steps(fixture.input(), 3, 5), true, true, NONE);
    fixture.layer.backpropGradient(steps(fixture.outputGradient(), 3, 5), NONE);
    assertThat(largest(cut.sub(fixture.layer.getGradientsViewArray()))).isLessThan(1e-4);
  }

  private static INDArray steps(INDArray sequence, int from, int to) {
    return sequence
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to))
        .dup();
  }

  /** Layers wide enough for the widest panels of the products. */
  @ParameterizedTest
  @MethodSource("wide")
  void gradients_of_wide_layers_equal_finite_differences(Variant variant, boolean simd) {
    CellFixture fixture = new CellFixture(variant.layer(64, 64), simd);
    fixture.layer.activate(fixture.input(), true, NONE);
    fixture.assertSomeGradients(
        fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null, 40);
  }

  private static Stream<Arguments> wide() {
    return Arrays.stream(Variant.values())
        .flatMap(variant -> Stream.of(Arguments.of(variant, true), Arguments.of(variant, false)));
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void the_gradient_by_the_inputs_goes_back_through_dropout(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture dropping =
        new CellFixture(variant.builder(inputs, hidden).dropOut(0.5).build(), simd);
    CellFixture plain = new CellFixture(variant.layer(inputs, hidden), simd);
    dropping.layer.activate(dropping.input(), true, NONE);
    INDArray dropped = dropping.layer.input().dup();
    INDArray kept = dropped.div(dropping.input()); // 0, or 2 where not dropped
    assertThat(kept.sumNumber().doubleValue()).isBetween(1.0, 2.0 * kept.length() - 1);
    INDArray actual = dropping.layer.backpropGradient(dropping.outputGradient(), NONE).getSecond();
    plain.layer.activate(dropped, true, NONE);
    INDArray expected = plain.layer.backpropGradient(plain.outputGradient(), NONE).getSecond();
    assertThat(largest(actual.sub(expected.mul(kept)))).isLessThan(1e-5);
    assertThat(dropping.layer.getGradientsViewArray())
        .isEqualTo(plain.layer.getGradientsViewArray());
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void both_passes_agree(Variant variant, int inputs, int hidden) {
    CellLayer conf = variant.layer(inputs, hidden);
    CellFixture one = new CellFixture(conf, true);
    CellFixture other = new CellFixture(conf, false);
    INDArray output = one.layer.activate(one.input(), true, NONE);
    assertThat(largest(output.sub(other.layer.activate(other.input(), true, NONE))))
        .isLessThan(1e-5);
    one.layer.backpropGradient(one.outputGradient(), NONE);
    other.layer.backpropGradient(other.outputGradient(), NONE);
    INDArray difference =
        one.layer.getGradientsViewArray().sub(other.layer.getGradientsViewArray());
    assertThat(largest(difference)).isLessThan(1e-4);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void another_batch_size_follows_the_first(Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.layer.activate(Nd4j.randn(DataType.FLOAT, 4, inputs, 9), true, NONE);
    fixture.layer.backpropGradient(Nd4j.randn(DataType.FLOAT, 4, hidden, 9), NONE);
    fixture.assertOutputs(fixture.layer.activate(fixture.input(), true, NONE), null);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void any_layout_in_memory_will_do(Variant variant, boolean simd, int inputs, int hidden) {
    for (int[] order : new int[][] {{0, 1, 2}, {2, 0, 1}, {1, 0, 2}, {2, 1, 0}}) {
      int[] back = new int[3];
      for (int i = 0; i < 3; i++) {
        back[order[i]] = i;
      }
      CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
      INDArray input = fixture.input().permute(order).dup('c').permute(back);
      INDArray gradient = fixture.outputGradient().permute(order).dup('c').permute(back);
      fixture.assertOutputs(fixture.layer.activate(input, true, NONE), null);
      fixture.assertGradients(fixture.layer.backpropGradient(gradient, NONE), null);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void backward_works_without_a_kept_forward_pass(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture fixture = new CellFixture(variant.layer(inputs, hidden), simd);
    fixture.layer.activate(fixture.input(), false, NONE);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void time_steps_one_by_one_equal_the_whole_sequence(
      Variant variant, boolean simd, int inputs, int hidden) {
    MultiLayerNetwork network = network(variant.builder(inputs, hidden), RNNFormat.NCW, simd);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    INDArray whole = network.output(x);
    for (int t = 0; t < STEPS; t++) {
      INDArray step = network.rnnTimeStep(x.tensorAlongDimension(t, 0, 1).dup());
      assertThat(largest(step.sub(whole.tensorAlongDimension(t, 0, 1)))).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void a_state_of_another_batch_is_refused(Variant variant, boolean simd, int inputs, int hidden) {
    MultiLayerNetwork network = network(variant.builder(inputs, hidden), RNNFormat.NCW, simd);
    network.rnnTimeStep(Nd4j.randn(DataType.FLOAT, BATCH, inputs));
    CellLayerImplementation layer = (CellLayerImplementation) network.getLayer(0);
    INDArray wider = Nd4j.randn(DataType.FLOAT, BATCH + 1, inputs, 1);
    assertThatThrownBy(() -> layer.rnnTimeStep(wider, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 3 sequences (must be of 4");
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void the_data_format_nwc_gives_the_same_numbers(
      Variant variant, boolean simd, int inputs, int hidden) {
    MultiLayerNetwork ncw = network(variant.builder(inputs, hidden), RNNFormat.NCW, simd);
    MultiLayerNetwork nwc = network(variant.builder(inputs, hidden), RNNFormat.NWC, simd);
    nwc.setParams(ncw.params());
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    INDArray actual = nwc.output(x.permute(0, 2, 1).dup()).permute(0, 2, 1);
    assertThat(largest(actual.sub(ncw.output(x)))).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void the_first_layer_may_do_without_the_gradient_by_its_inputs(
      Variant variant, boolean simd, int inputs, int hidden) {
    CellFixture with = new CellFixture(variant.layer(inputs, hidden), simd);
    CellFixture without =
        new CellFixture(variant.builder(inputs, hidden).withoutInputGradient().build(), simd);
    with.layer.activate(with.input(), true, NONE);
    without.layer.activate(without.input(), true, NONE);
    with.layer.backpropGradient(with.outputGradient(), NONE);
    INDArray none = without.layer.backpropGradient(without.outputGradient(), NONE).getSecond();
    assertThat(none).isNull();
    assertThat(without.layer.getGradientsViewArray()).isEqualTo(with.layer.getGradientsViewArray());
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void json_and_back_gives_an_equal_configuration(Variant variant, int inputs, int hidden) {
    assertReadAgain(variant, variant.builder(inputs, hidden));
    assertReadAgain(variant, variant.builder(inputs, hidden).withoutInputGradient());
  }

  private static void assertReadAgain(Variant variant, CellLayer.Builder<?> builder) {
    CellLayer conf = builder.build();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder().list().layer(conf).build();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    for (Variant other : Variant.values()) {
      if (other != variant) {
        assertThat(read.getConf(0).getLayer())
            .isNotEqualTo(other.layer(conf.inputs(), conf.hidden()));
      }
    }
  }

  @Test
  void refuses_an_input_of_another_size() {
    CellFixture fixture = new CellFixture(Variant.GRU.layer(4, 4), true);
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
            .layer(Variant.LSTM.layer(2, 2))
            .build();
    assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
        .hasMessageContaining("LstmLayer, layer 0: data type DOUBLE (must be FLOAT)");
  }

  @Test
  void refuses_a_leak_that_is_no_share() {
    assertThatThrownBy(() -> new RnnLayer.Builder().leak(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leak: 0.0 (must be above 0 and at most 1)");
  }

  private static double largest(INDArray values) {
    return values.dup().normmaxNumber().doubleValue();
  }

  private static MultiLayerNetwork network(
      CellLayer.Builder<?> builder, RNNFormat format, boolean simd) {
    CellLayer conf = ((CellLayer.Builder<?>) builder.dataFormat(format)).build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(conf)
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(conf.getNOut())
                        .nOut(2)
                        .dataFormat(format)
                        .build())
                .build());
    network.init();
    CellLayerImplementation layer = (CellLayerImplementation) network.getLayer(0);
    layer.use(conf.pass(CellFixture.passes(simd)));
    return network;
  }
}
