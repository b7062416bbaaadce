package dev.eddy.model.engine.nd4j;

import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer of a network, its weights in native memory. A row is a column; {@link BatchMatrix}. */
interface Nd4jLayer {
  /**
   * Steps every key through its observations.
   *
   * @param inputs [D, rows]
   * @param hidden [stateSize, keys] of the whole network; the layer's own part is overwritten
   * @return [H, rows], valid until the next call
   */
  INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden);

  void close();
}
