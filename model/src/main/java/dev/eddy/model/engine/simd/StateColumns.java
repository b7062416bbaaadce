package dev.eddy.model.engine.simd;

/**
 * The columns of the hidden state that hold one layer's h or c, copied to and from padded rows.
 *
 * @param offset first column
 * @param size H
 * @param stride columns of the whole hidden state
 */
record StateColumns(int offset, int size, int stride) {
  /** Into rows of {@code width} floats. */
  void gather(float[] hidden, int keys, float[] rows, int width) {
    for (int key = 0; key < keys; key++) {
      System.arraycopy(hidden, key * stride + offset, rows, key * width, size);
    }
  }

  /** Back from rows of {@code width} floats. */
  void scatter(float[] rows, int width, float[] hidden, int keys) {
    for (int key = 0; key < keys; key++) {
      System.arraycopy(rows, key * width, hidden, key * stride + offset, size);
    }
  }
}
