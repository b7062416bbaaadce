package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeanEngineTest {
  private static final int NETWORKS = 3;
  private static final int[] WAVES = {4, 2, 1};

  @ParameterizedTest
  @EnumSource(CellType.class)
  void outputs_are_the_mean_and_states_are_those_of_each_network_alone(CellType cell) {
    NetworkShape shape = new NetworkShape(cell, 3, 7, 2, 5).withNetworks(NETWORKS);
    NetworkWeights weights = withRandomHeads(shape);
    int memberState = shape.member().stateSize();
    PackedSequence sequence = sequence(shape.inputSize());
    float[] hidden = random(WAVES[0] * shape.stateSize(), 2);
    float[] before = hidden.clone();
    float[] outputs = new float[7 * shape.outputSize()];
    try (StepEngine engine = StepEngines.create(EngineKind.SIMD, weights)) {
      engine.forward(sequence, hidden, outputs);
    }
    float[] sum = new float[outputs.length];
    for (int network = 0; network < NETWORKS; network++) {
      float[] own = slice(before, network, shape);
      float[] answer = new float[outputs.length];
      try (StepEngine alone = StepEngines.create(EngineKind.SIMD, weights.members().get(network))) {
        alone.forward(sequence, own, answer);
      }
      assertThat(slice(hidden, network, shape)).hasSize(4 * memberState).isEqualTo(own);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += answer[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= NETWORKS;
    }
    assertThat(outputs).isEqualTo(sum).doesNotContain(0f);
  }

  /** [keys, member's state] of one network. */
  private static float[] slice(float[] hidden, int network, NetworkShape shape) {
    int size = shape.member().stateSize();
    float[] own = new float[WAVES[0] * size];
    for (int key = 0; key < WAVES[0]; key++) {
      System.arraycopy(hidden, key * shape.stateSize() + network * size, own, key * size, size);
    }
    return own;
  }

  private static NetworkWeights withRandomHeads(NetworkShape shape) {
    List<NetworkWeights> members = NetworkWeights.initialise(shape, 1).members();
    for (int network = 0; network < NETWORKS; network++) {
      float[] head = members.get(network).values("head.weight");
      System.arraycopy(random(head.length, 10 + network), 0, head, 0, head.length);
    }
    return NetworkWeights.of(members);
  }

  private static PackedSequence sequence(int inputSize) {
    PackedSequence sequence = new PackedSequence(inputSize);
    sequence.reset(WAVES, WAVES.length);
    float[] inputs = random(Arrays.stream(WAVES).sum() * inputSize, 1);
    System.arraycopy(inputs, 0, sequence.inputs(), 0, inputs.length);
    return sequence;
  }

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
