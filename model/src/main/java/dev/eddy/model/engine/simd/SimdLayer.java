package dev.eddy.model.engine.simd;

import dev.eddy.model.tensor.PackedSequence;

/** One layer of a network, its weights packed. */
interface SimdLayer {
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
