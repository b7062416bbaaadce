package dev.eddy.model.kernel.plain;

/**
 * Multiplies a row by a weight matrix, every sum over k ascending with {@code fma}, as {@code
 * kernel.simd}'s {@code MatrixProduct} does.
 *
 * <p>The matrix is an array of rows, and every array of the inner loop is read from its beginning:
 * the JIT makes vectors of a loop over several arrays only where all have the same offset.
 */
public final class PlainMatrix {
  /** Rows that are multiplied in one pass over the sums, which are read and written once then. */
  private static final int ROWS = 4;

  private final float[][] rows; // [depth][columns]

  private PlainMatrix(float[][] rows) {
    this.rows = rows;
  }

  /**
   * Packs a matrix.
   *
   * @param weight [depth, blocks * blockSize]
   * @param scales a factor for each block
   */
  public static PlainMatrix of(float[] weight, int depth, int blockSize, float... scales) {
    float[][] rows = new float[depth][];
    for (int k = 0; k < depth; k++) {
      rows[k] = scaled(weight, k * scales.length * blockSize, blockSize, scales);
    }
    return new PlainMatrix(rows);
  }

  /** Some blocks of a row, from an offset on, each times its factor. */
  public static float[] scaled(float[] row, int from, int blockSize, float... scales) {
    float[] result = new float[scales.length * blockSize];
    for (int i = 0; i < result.length; i++) {
      result[i] = scales[i / blockSize] * row[from + i];
    }
    return result;
  }

  /**
   * sums += x · matrix.
   *
   * @param x [depth] from {@code offset} on
   * @param sums [columns]
   */
  public void add(float[] x, int offset, float[] sums) {
    int k = 0;
    for (; k + ROWS <= rows.length; k += ROWS) {
      int at = offset + k;
      addFour(
          x[at],
          rows[k],
          x[at + 1],
          rows[k + 1],
          x[at + 2],
          rows[k + 2],
          x[at + 3],
          rows[k + 3],
          sums);
    }
    for (; k < rows.length; k++) {
      addOne(x[offset + k], rows[k], sums);
    }
  }

  private static void addFour(
      float x0,
      float[] row0,
      float x1,
      float[] row1,
      float x2,
      float[] row2,
      float x3,
      float[] row3,
      float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      float sum = Math.fma(x1, row1[i], Math.fma(x0, row0[i], sums[i]));
      sums[i] = Math.fma(x3, row3[i], Math.fma(x2, row2[i], sum));
    }
  }

  private static void addOne(float x, float[] row, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.fma(x, row[i], sums[i]);
    }
  }
}
