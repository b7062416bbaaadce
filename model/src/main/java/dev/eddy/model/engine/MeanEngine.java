package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.tensor.PackedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Steps several networks of equal sizes side by side and answers with the mean of their outputs.
 * Each has an engine of its own; the sums are taken in the order of the networks, so that a key's
 * results stay the same bits whatever shares its batch. Confined to one thread; allocates only when
 * a batch is larger than any before.
 */
final class MeanEngine implements StepEngine {
  private final StepArguments arguments;
  private final int memberState;
  private final List<StepEngine> engines = new ArrayList<>();
  private float[] states = new float[0]; // [keys, memberState] of the network being stepped
  private float[] answers = new float[0]; // [rows, outputSize] of the network being stepped

  /**
   * Engines for every network.
   *
   * @param create makes the engine of one network
   */
  MeanEngine(NetworkWeights weights, Function<NetworkWeights, StepEngine> create) {
    this.arguments = StepArguments.of(weights.shape());
    this.memberState = weights.shape().member().stateSize();
    try {
      weights.members().forEach(member -> engines.add(create.apply(member)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    arguments.check(sequence, hidden, outputs);
    int size = sequence.rows() * arguments.outputSize();
    grow(sequence.keys() * memberState, size);
    for (int network = 0; network < engines.size(); network++) {
      gather(network, sequence.keys(), hidden);
      engines.get(network).forward(sequence, states, network == 0 ? outputs : answers);
      scatter(network, sequence.keys(), hidden);
      if (network > 0) {
        for (int i = 0; i < size; i++) {
          outputs[i] += answers[i];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      outputs[i] /= engines.size();
    }
  }

  private void grow(int stateNumbers, int answerNumbers) {
    if (states.length < stateNumbers) {
      states = new float[Math.max(stateNumbers, 2 * states.length)];
    }
    if (answers.length < answerNumbers) {
      answers = new float[Math.max(answerNumbers, 2 * answers.length)];
    }
  }

  private void gather(int network, int keys, float[] hidden) {
    for (int key = 0; key < keys; key++) {
      int from = key * arguments.stateSize() + network * memberState;
      System.arraycopy(hidden, from, states, key * memberState, memberState);
    }
  }

  private void scatter(int network, int keys, float[] hidden) {
    for (int key = 0; key < keys; key++) {
      int to = key * arguments.stateSize() + network * memberState;
      System.arraycopy(states, key * memberState, hidden, to, memberState);
    }
  }

  @Override
  public void close() {
    engines.forEach(StepEngine::close);
  }
}
