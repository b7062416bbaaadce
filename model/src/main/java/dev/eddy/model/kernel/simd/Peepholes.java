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
   * tanh of a column of gates of the units from {@code unit} on, in place.
   *
   * @param peep 0 of i and 1 of f, which see c before the step; 2 of o, which sees c after it
   * @param unitStep units between rows: 0 where they are of different keys
   * @param firstRow the first of these rows in {@code cells}
   */
  void activate(
      float[] gates,
      int offset,
      int stride,
      int rows,
      int peep,
      int unit,
      int unitStep,
      int firstRow,
      RowView cells) {
    int weight = peep * width + unit;
    int c = cells.at(firstRow) + unit;
    VectorTanh.ofSum(
        gates, offset, stride, weights, weight, unitStep, cells.values, c, cells.stride, rows);
  }
}
