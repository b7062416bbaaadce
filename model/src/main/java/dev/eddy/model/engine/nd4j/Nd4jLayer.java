package dev.eddy.model.engine.nd4j;

import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer of a network, its weights in native memory. */
interface Nd4jLayer {
  /**
   * Steps every key through its observations.
   *
   * @param inputs [rows, D]
   * @param hidden [keys, stateSize] of the whole network; the layer's own part is overwritten
   * @return [rows, H], valid until the next call
   */
  INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden);

  void close();
}
