package dev.eddy.model.engine;

import dev.eddy.model.tensor.PackedSequence;

/**
 * Runs packed sequences through one network. Confined to one thread; the weights behind it are
 * shared. Its arrays grow to the largest batch it has seen and are kept.
 */
public interface StepEngine extends AutoCloseable {
  /**
   * Steps every key of {@code sequence} through its observations.
   *
   * @param sequence keys in packed order, and the inputs, [rows, inputSize]
   * @param hidden [keys, stateSize] in packed key order; read as the state before, overwritten with
   *     the state after
   * @param outputs [rows, outputSize] in packed row order, overwritten
   */
  void forward(PackedSequence sequence, float[] hidden, float[] outputs);

  @Override
  void close();
}
