package dev.eddy.model.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a layer whose gates see the step before does in one wave. */
interface Nd4jCell {
  /**
   * Steps the keys of a wave.
   *
   * @param sums x·W + b of each gate, [H, rows of the wave]; overwritten
   * @param state h, then c where the cell has one, [H, rows of the wave]; overwritten
   */
  void step(INDArray[] sums, INDArray[] state);

  void close();
}
