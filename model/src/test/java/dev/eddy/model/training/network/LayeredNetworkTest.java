package dev.eddy.model.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.layer.SoftmaxCrossEntropy;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class LayeredNetworkTest {
  private static final int BATCH = 3;
  private static final int STEPS = 40;
  private static final ISchedule RATE = new FixedSchedule(0.003);
  private static final double STEP = 5e-3;
  private static final TrainingSettings SETTINGS =
      Settings.with(
          TrainingSettings.of(new Split.ByTime(Instant.EPOCH, Instant.EPOCH)),
          Map.of("dropout", 0.0));
  private static final NetworkShape MIXED =
      new NetworkShape(
          List.of(
              new SruShape(5, 8),
              new LstmShape(8, 12, true),
              new GruShape(12, 3),
              new RnnShape(3, 8, 0.4),
              new SruShape(8, 8)),
          3,
          1);

  @ParameterizedTest
  @CsvSource({
    "SRU, 8, false, 1",
    "SRU, 5, false, 1",
    "LSTM, 5, false, 1",
    "LSTM, 5, true, 1",
    "GRU, 5, false, 1",
    "RNN, 5, false, 1",
    "RNN, 5, false, 0.3"
  })
  void the_exported_network_steps_as_deeplearning4j_outputs_whole_sequences(
      CellType cell, int inputs, boolean peephole, double leak) {
    for (EngineKind kind : new EngineKind[] {EngineKind.SIMD, EngineKind.PLAIN, EngineKind.ND4J}) {
      assertStepsAsWhole(new NetworkShape(cell, inputs, 8, 2, 3, peephole, leak), kind);
    }
  }

  private static void assertStepsAsWhole(NetworkShape shape, EngineKind engineKind) {
    int inputs = shape.inputSize();
    LayeredNetwork network = randomised(shape);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    INDArray expected = network.outputs(x, wholly());

    PackedSequence sequence = new PackedSequence(inputs);
    int[] sizes = new int[STEPS];
    Arrays.fill(sizes, BATCH);
    sequence.reset(sizes, STEPS);
    float[] rows = x.permute(2, 0, 1).dup('c').data().asFloat();
    System.arraycopy(rows, 0, sequence.inputs(), 0, rows.length);
    float[] outputs = new float[STEPS * BATCH * 3];
    NetworkWeights weights = network.export();
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(engineKind), weights)) {
      engine.forward(sequence, new float[BATCH * shape.stateSize()], outputs);
    }
    float[] wanted = expected.permute(2, 0, 1).dup('c').data().asFloat();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(outputs[i]).as("output %d", i).isCloseTo(wanted[i], within(1e-5f));
    }
  }

  /** Along random parts of each parameter's gradient, where a wrong one shows the most. */
  @Test
  void gradients_of_layers_that_differ_equal_finite_differences() {
    LayeredNetwork network = randomised(MIXED);
    MultiLayerNetwork inner = network.network();
    Nd4j.getRandom().setSeed(3);
    inner.setInput(Nd4j.randn(DataType.FLOAT, BATCH, 5, 6));
    inner.setLabels(Nd4j.zeros(DataType.FLOAT, BATCH, 3, 6));
    inner.getLabels().get(NDArrayIndex.all(), NDArrayIndex.point(1)).assign(1);
    inner.computeGradientAndScore();
    Map<String, INDArray> gradients = new TreeMap<>();
    inner.gradient().gradientForVariable().forEach((name, of) -> gradients.put(name, of.dup()));

    assertThat(gradients).hasSize(2 * 3 + 4 + 3 + 3 + 2);
    gradients.forEach(
        (name, gradient) -> {
          INDArray direction =
              gradient.mul(Nd4j.rand(DataType.FLOAT, gradient.shape()).gt(0.5).castTo(FLOAT));
          double length = direction.norm2Number().doubleValue();
          direction.divi(length);
          double ahead = loss(inner, name, direction, STEP);
          double behind = loss(inner, name, direction, -STEP);
          assertThat((ahead - behind) / (2 * STEP)).as(name).isCloseTo(length, within(3e-4));
          assertThat(length).as(name).isGreaterThan(3e-3);
        });
  }

  private static double loss(
      MultiLayerNetwork network, String name, INDArray direction, double step) {
    INDArray parameter = network.getParam(name);
    INDArray before = parameter.dup();
    parameter.addi(direction.mul(step));
    network.computeGradientAndScore();
    double loss = network.score() - network.calcRegularizationScore(true);
    parameter.assign(before);
    return loss;
  }

  @Test
  void layers_that_differ_are_trained_and_exported_alike() {
    for (EngineKind kind : new EngineKind[] {EngineKind.SIMD, EngineKind.PLAIN, EngineKind.ND4J}) {
      assertStepsAsWhole(MIXED, kind);
    }
  }

  @ParameterizedTest
  @CsvSource({"SRU, 3", "SRU, 4", "LSTM, 3", "GRU, 3", "RNN, 3"})
  void a_network_goes_on_with_the_weights_and_the_optimizer_that_were_stored(
      CellType cell, int inputs) throws IOException {
    NetworkShape shape = new NetworkShape(cell, inputs, 4, 2, 2);
    LayeredNetwork network = randomised(shape);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    network.fit(x, Nd4j.ones(DataType.FLOAT, BATCH, 2, STEPS), wholly());
    UpdaterState stored =
        UpdaterState.read(UpdaterState.write(List.of(network.updaterState())), 1).get(0);

    LayeredNetwork next =
        LayeredNetwork.goOn(
            network.export(), Optional.of(stored), SETTINGS, new SoftmaxCrossEntropy(), RATE);

    assertThat(next.parameters()).isEqualTo(network.parameters());
    assertThat(next.updaterState().values()).isEqualTo(network.updaterState().values());
    assertThat(next.updaterState().values()).isNotEqualTo(new float[stored.values().length]);
    assertThat(next.network().getIterationCount()).isEqualTo(1);
  }

  @Test
  void an_untrained_network_says_zero() {
    LayeredNetwork network =
        LayeredNetwork.create(
            new NetworkShape(CellType.SRU, 3, 4, 2, 2), SETTINGS, new SoftmaxCrossEntropy(), RATE);
    INDArray output = network.outputs(Nd4j.randn(DataType.FLOAT, BATCH, 3, STEPS), wholly());
    assertThat(output.dup().norm2Number().doubleValue()).isZero();
  }

  private static LayeredNetwork randomised(NetworkShape shape) {
    LayeredNetwork network =
        LayeredNetwork.create(shape, SETTINGS, new SoftmaxCrossEntropy(), RATE);
    INDArray parameters = network.parameters();
    parameters.addi(Nd4j.randn(DataType.FLOAT, parameters.shape()).muli(0.3));
    return network;
  }

  private static INDArray wholly() {
    return Nd4j.ones(DataType.FLOAT, BATCH, STEPS);
  }
}
