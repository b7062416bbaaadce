package dev.eddy.model.engine;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/** Checks, for every engine alike, what a caller hands to a step. */
public final class StepArguments {
  private StepArguments() {}

  /**
   * Requires arrays that fit the sequence and the network.
   *
   * @throws IllegalArgumentException naming the first that does not
   */
  public static void check(
      NetworkShape shape, PackedSequence sequence, float[] hidden, float[] outputs) {
    if (sequence.inputSize() != shape.inputSize()) {
      throw new IllegalArgumentException(
          "sequence: " + sequence.inputSize() + " inputs (must be " + shape.inputSize() + ")");
    }
    requireLength("hidden", hidden, sequence.keys(), shape.stateSize());
    requireLength("outputs", outputs, sequence.rows(), shape.outputSize());
  }

  private static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          name + ": " + array.length + " numbers (must be " + rows + " x " + columns + " or more)");
    }
  }
}
