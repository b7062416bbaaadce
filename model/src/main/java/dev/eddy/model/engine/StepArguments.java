package dev.eddy.model.engine;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * Checks, for every engine alike, what a caller hands to a step.
 *
 * @param inputSize D, of a row
 * @param stateSize of a key
 * @param outputSize O, of a row
 */
public record StepArguments(int inputSize, int stateSize, int outputSize) {
  /** What a network is stepped with. */
  public static StepArguments of(NetworkShape shape) {
    return new StepArguments(shape.inputSize(), shape.stateSize(), shape.outputSize());
  }

  /**
   * Requires arrays that fit the sequence and the network.
   *
   * @throws IllegalArgumentException naming the first that does not
   */
  public void check(PackedSequence sequence, float[] hidden, float[] outputs) {
    if (sequence.inputSize() != inputSize) {
      throw new IllegalArgumentException(
          "sequence: " + sequence.inputSize() + " inputs (must be " + inputSize + ")");
    }
    requireLength("hidden", hidden, sequence.keys(), stateSize);
    requireLength("outputs", outputs, sequence.rows(), outputSize);
  }

  private static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          name + ": " + array.length + " numbers (must be " + rows + " x " + columns + " or more)");
    }
  }
}
