package dev.eddy.model.engine;

import dev.eddy.model.tensor.PackedSequence;

/**
 * Runs packed sequences through one network. Confined to one thread; the weights behind it are
 * shared. Allocates nothing per call once it has seen its largest batch.
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
