package dev.eddy.model.engine.simd;

import dev.eddy.model.tensor.PackedSequence;

/** One layer of a network, its weights packed. */
interface SimdLayer {
  /** Numbers from one row of its inputs to the next that it needs, where they are a network's. */
  int inputWidth();

  /** Numbers from one row of its outputs to the next: its units, padded to whole vectors. */
  int width();

  /**
   * Steps every key through its observations and leaves the result in {@code layerOutputs}.
   *
   * @param inputs [rows, inputStride]
   * @param hidden [keys, stateSize] of the whole network; the layer's own part is overwritten
   */
  void forward(
      PackedSequence sequence,
      float[] inputs,
      int inputStride,
      float[] hidden,
      Workspace workspace);
}
