package dev.eddy.model.kernel.simd;

/**
 * What the gates of an LSTM see of its cells, Gers, Schraudolph &amp; Schmidhuber 2002. The weights
 * are halved, as those of the products are.
 */
public final class Peepholes {
  private final float[] weights; // [p_i | p_f | p_o], each padded and halved
  private final int width; // H, padded

  /**
   * Packs a layer's vectors.
   *
   * @param weights [3, hidden], p_i, p_f and p_o
   */
  public Peepholes(float[] weights, int hidden) {
    this.width = Lanes.padded(hidden);
    this.weights = new float[3 * width];
    for (int i = 0; i < weights.length; i++) {
      this.weights[i / hidden * width + i % hidden] = 0.5f * weights[i];
    }
  }

  /**
   * tanh of a column of gates of the units from {@code unit} on, in place: i, which sees c.
   *
   * @param step units between rows: 0 where they are of different keys
   */
  void activateInput(
      float[] gates,
      int offset,
      int stride,
      int unit,
      int step,
      float[] cells,
      int c,
      int cStride,
      int rows) {
    VectorTanh.ofSum(gates, offset, stride, weights, unit, step, cells, c, cStride, rows);
  }

  /** The same of f, which sees c before the step too. */
  void activateForget(
      float[] gates,
      int offset,
      int stride,
      int unit,
      int step,
      float[] cells,
      int c,
      int cStride,
      int rows) {
    VectorTanh.ofSum(gates, offset, stride, weights, width + unit, step, cells, c, cStride, rows);
  }

  /** The same of o, which sees c after the step. */
  void activateOutput(
      float[] gates,
      int offset,
      int stride,
      int unit,
      int step,
      float[] cells,
      int c,
      int cStride,
      int rows) {
    VectorTanh.ofSum(
        gates, offset, stride, weights, 2 * width + unit, step, cells, c, cStride, rows);
  }
}
