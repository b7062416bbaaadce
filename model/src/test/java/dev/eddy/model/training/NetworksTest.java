package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.layer.SoftmaxCrossEntropy;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.tensor.PackedSequence;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworksTest {
  private static final int BATCH = 3;
  private static final int STEPS = 40;
  private static final TrainingSettings SETTINGS =
      TrainingSettings.of(new Split.ByTime(Instant.EPOCH, Instant.EPOCH));

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
    MultiLayerNetwork network = randomised(shape);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    INDArray expected = network.output(x);

    PackedSequence sequence = new PackedSequence(inputs);
    int[] sizes = new int[STEPS];
    Arrays.fill(sizes, BATCH);
    sequence.reset(sizes, STEPS);
    float[] rows = x.permute(2, 0, 1).dup('c').data().asFloat();
    System.arraycopy(rows, 0, sequence.inputs(), 0, rows.length);
    float[] outputs = new float[STEPS * BATCH * 3];
    NetworkWeights weights = Networks.export(network, shape);
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(engineKind), weights)) {
      engine.forward(sequence, new float[BATCH * shape.stateSize()], outputs);
    }
    float[] wanted = expected.permute(2, 0, 1).dup('c').data().asFloat();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(outputs[i]).as("output %d", i).isCloseTo(wanted[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"SRU, 3", "SRU, 4", "LSTM, 3", "GRU, 3", "RNN, 3"})
  void a_network_goes_on_with_the_weights_and_the_optimizer_that_were_stored(
      CellType cell, int inputs) throws IOException {
    NetworkShape shape = new NetworkShape(cell, inputs, 4, 2, 2);
    MultiLayerNetwork network = randomised(shape);
    INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, inputs, STEPS);
    network.fit(x, Nd4j.ones(DataType.FLOAT, BATCH, 2, STEPS));
    UpdaterState stored =
        UpdaterState.read(UpdaterState.write(List.of(Networks.state(network))), 1).get(0);

    MultiLayerNetwork next =
        Networks.goOn(
            Networks.export(network, shape),
            Optional.of(stored),
            SETTINGS,
            new SoftmaxCrossEntropy());

    assertThat(next.params()).isEqualTo(network.params());
    assertThat(next.getUpdater().getStateViewArray())
        .isEqualTo(network.getUpdater().getStateViewArray());
    assertThat(next.getUpdater().getStateViewArray().norm2Number().doubleValue()).isPositive();
    assertThat(next.getIterationCount()).isEqualTo(1);
  }

  @Test
  void an_untrained_network_says_zero() {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkShape(CellType.SRU, 3, 4, 2, 2), SETTINGS, new SoftmaxCrossEntropy());
    INDArray output = network.output(Nd4j.randn(DataType.FLOAT, BATCH, 3, STEPS));
    assertThat(output.dup().norm2Number().doubleValue()).isZero();
  }

  private static MultiLayerNetwork randomised(NetworkShape shape) {
    MultiLayerNetwork network = Networks.create(shape, SETTINGS, new SoftmaxCrossEntropy());
    network.params().addi(Nd4j.randn(DataType.FLOAT, network.params().shape()).muli(0.3));
    return network;
  }
}
