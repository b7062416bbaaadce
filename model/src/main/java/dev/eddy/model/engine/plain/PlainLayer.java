package dev.eddy.model.engine.plain;

/** One layer of a network, its weights packed, with scratch arrays for one row. */
interface PlainLayer {
  /**
   * Steps one key through one observation.
   *
   * @param inputs where, from {@code x} on, the layer's inputs are
   * @param hidden where, from {@code state} on, the layer's part of the key's state is; overwritten
   * @param outputs takes the layer's h, from {@code h} on
   */
  void step(float[] inputs, int x, float[] hidden, int state, float[] outputs, int h);
}
