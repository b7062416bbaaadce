package dev.eddy.model.layer;

import static dev.eddy.model.layer.CellFixture.BATCH;
import static dev.eddy.model.layer.CellFixture.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.layer.CellLayerTest.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
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

/** What layers make of bad values, of calls out of order and of settings they do not know. */
class CellSafetyTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
  private static final double[][] MASK = {{1, 1, 1, 1, 1}, {1, 1, 0, 1, 1}, {1, 1, 1, 0, 0}};

  private static Stream<Arguments> everyPass() {
    return Arrays.stream(Variant.values())
        .flatMap(variant -> Stream.of(Arguments.of(variant, true), Arguments.of(variant, false)));
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void what_stands_under_the_mask_does_not_matter(Variant variant, boolean simd) {
    for (int inputs : new int[] {3, 18}) {
      List<float[]> clean = numbers(new CellFixture(variant.layer(inputs, 18), simd), null);
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE}) {
        CellFixture fixture = new CellFixture(variant.layer(inputs, 18), simd);
        List<float[]> actual = numbers(fixture, value);
        for (int i = 0; i < clean.size(); i++) {
          assertThat(actual.get(i)).as("%d under %f", i, value).isEqualTo(clean.get(i));
          for (float number : actual.get(i)) {
            assertThat(number).isFinite();
          }
        }
      }
    }
  }

  /** Outputs, states, gradients by the parameters and by the inputs of a masked pass. */
  private static List<float[]> numbers(CellFixture fixture, Float underMask) {
    INDArray input = fixture.input();
    for (int b = 0; b < BATCH && underMask != null; b++) {
      for (int t = 0; t < STEPS; t++) {
        for (int i = 0; MASK[b][t] == 0 && i < input.size(1); i++) {
          input.putScalar(new int[] {b, i, t}, underMask);
        }
      }
    }
    fixture.mask(MASK);
    INDArray output = fixture.layer.rnnActivateUsingStoredState(input, true, true, NONE);
    List<float[]> numbers = new ArrayList<>();
    numbers.add(values(output));
    fixture.layer.rnnGetTBPTTState().values().forEach(state -> numbers.add(values(state)));
    INDArray gradient = fixture.layer.backpropGradient(fixture.outputGradient(), NONE).getSecond();
    numbers.add(values(gradient));
    numbers.add(values(fixture.layer.getGradientsViewArray()));
    return numbers;
  }

  private static float[] values(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void a_new_input_forgets_the_pass_on_the_old_one(Variant variant, boolean simd) {
    CellFixture fixture = new CellFixture(variant.layer(4, 4), simd);
    fixture.layer.activate(fixture.input(), true, NONE);
    fixture.newInput();
    fixture.layer.setInput(fixture.input(), NONE);
    fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null);
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void a_repeated_pass_begins_with_the_state_before_the_piece(Variant variant, boolean simd) {
    CellFixture fixture = new CellFixture(variant.layer(4, 4), simd);
    fixture.layer.rnnActivateUsingStoredState(fixture.input(), true, true, NONE);
    fixture.carryState();
    fixture.newInput();
    fixture.layer.rnnActivateUsingStoredState(fixture.input(), false, true, NONE);
    for (int i = 0; i < 2; i++) {
      Pair<Gradient, INDArray> gradients =
          fixture.layer.tbpttBackpropGradient(fixture.outputGradient(), STEPS, NONE);
      fixture.assertGradients(gradients, null);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPass")
  void sizes_may_alternate(Variant variant, boolean simd) {
    CellFixture fixture = new CellFixture(variant.layer(3, 18), simd);
    for (int batch : new int[] {1, 7, 2}) {
      fixture.layer.activate(Nd4j.randn(DataType.FLOAT, batch, 3, 4), true, NONE);
      fixture.layer.backpropGradient(Nd4j.randn(DataType.FLOAT, batch, 18, 4), NONE);
      fixture.assertOutputs(fixture.layer.activate(fixture.input(), true, NONE), null);
      fixture.assertGradients(fixture.layer.backpropGradient(fixture.outputGradient(), NONE), null);
    }
  }

  @Test
  void refuses_weight_noise() {
    CellLayer.Builder<?> builder = Variant.GRU.builder(2, 2);
    builder.weightNoise(new DropConnect(0.5));
    assertThatThrownBy(() -> network(builder.build()))
        .hasMessageContaining("GruLayer, layer 0: weight noise DropConnect");
  }

  @Test
  void refuses_what_the_cell_decides() {
    Map<String, Consumer<CellLayer.Builder<?>>> settings =
        Map.of(
            "activation", builder -> builder.activation(Activation.RELU),
            "weightInit", builder -> builder.weightInit(WeightInit.ZERO),
            "weightInitRecurrent", builder -> builder.weightInitRecurrent(WeightInit.ZERO),
            "biasInit", builder -> builder.biasInit(1));
    settings.forEach(
        (setting, change) -> {
          CellLayer.Builder<?> builder = Variant.GRU.builder(2, 2);
          change.accept(builder);
          assertThatThrownBy(builder::build)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("GruLayer: " + setting + " ")
              .hasMessageContaining("(must be left to the cell)");
        });
  }

  @Test
  void refuses_a_later_layer_without_the_gradient_by_its_inputs() {
    CellLayer first = Variant.GRU.layer(2, 2);
    CellLayer second = Variant.GRU.builder(2, 2).withoutInputGradient().build();
    assertThatThrownBy(() -> network(first, second))
        .hasMessageContaining(
            "GruLayer, layer 1: without input gradient (must be the first layer)");
  }

  private static void network(CellLayer... layers) {
    NeuralNetConfiguration.ListBuilder builder =
        new NeuralNetConfiguration.Builder().activation(Activation.RELU).list();
    for (CellLayer layer : layers) {
      builder.layer(layer);
    }
    new MultiLayerNetwork(builder.build()).init();
  }
}
