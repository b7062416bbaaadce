package dev.eddy.model.kernel.simd;

/**
 * C = A · B + initial values, B packed. Every element of C is accumulated over k in ascending order
 * with {@code fma}, beginning with its initial value, whatever the number of rows: this, and no sum
 * across lanes, makes a row's result independent of the rows beside it and of the vectors' length.
 */
public final class MatrixProduct {
  /** Rows of the tall tile: with 32 vector registers six rows of four accumulators fit. */
  private static final int TALL = 6;

  private static final int LOW = 3;
  private static final boolean MANY_REGISTERS = Lanes.LENGTH >= 16;

  private MatrixProduct() {}

  /** C[rows, N] = A[rows, K] · B + bias; {@code a} has {@code aStride} floats between its rows. */
  public static void ofRows(float[] a, int aStride, int rows, PackedMatrix b, float[] c) {
    run(a, aStride, rows, b, b.bias, 0, 0, c, 0);
  }

  /** C[rows, N] += A[rows, K] · B, C beginning at {@code cOffset}. */
  public static void addRows(
      float[] a, int aStride, int rows, PackedMatrix b, float[] c, int cOffset) {
    run(a, aStride, rows, b, c, cOffset, b.columns, c, cOffset);
  }

  private static void run(
      float[] a,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset) {
    int wideColumns = b.widePanels * PackedMatrix.WIDE * Lanes.LENGTH;
    for (int column = 0; column < wideColumns; column += PackedMatrix.WIDE * Lanes.LENGTH) {
      widePanel(a, aStride, rows, b, column, initial, initialOffset, initialStride, c, cOffset);
    }
    for (int column = wideColumns; column < b.columns; column += Lanes.LENGTH) {
      narrowPanel(a, aStride, rows, b, column, initial, initialOffset, initialStride, c, cOffset);
    }
  }

  private static void widePanel(
      float[] a,
      int aStride,
      int rows,
      PackedMatrix b,
      int column,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset) {
    int n = b.columns;
    int panel = b.panelOffset(column);
    int from = initialOffset + column;
    int to = cOffset + column;
    int row = 0;
    if (MANY_REGISTERS) {
      for (; row + TALL <= rows; row += TALL) {
        TallTile.multiply(
            a,
            row * aStride,
            aStride,
            b.depth,
            b.panels,
            panel,
            initial,
            from + row * initialStride,
            initialStride,
            c,
            to + row * n,
            n);
      }
    }
    for (; row + LOW <= rows; row += LOW) {
      WideTile.multiply3(
          a,
          row * aStride,
          aStride,
          b.depth,
          b.panels,
          panel,
          initial,
          from + row * initialStride,
          initialStride,
          c,
          to + row * n,
          n);
    }
    for (; row < rows; row++) {
      WideTile.multiply1(
          a,
          row * aStride,
          b.depth,
          b.panels,
          panel,
          initial,
          from + row * initialStride,
          c,
          to + row * n);
    }
  }

  private static void narrowPanel(
      float[] a,
      int aStride,
      int rows,
      PackedMatrix b,
      int column,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset) {
    int n = b.columns;
    int panel = b.panelOffset(column);
    int from = initialOffset + column;
    int to = cOffset + column;
    int row = 0;
    for (; row + TALL <= rows; row += TALL) {
      NarrowTile.multiply6(
          a,
          row * aStride,
          aStride,
          b.depth,
          b.panels,
          panel,
          initial,
          from + row * initialStride,
          initialStride,
          c,
          to + row * n,
          n);
    }
    for (; row < rows; row++) {
      NarrowTile.multiply1(
          a,
          row * aStride,
          b.depth,
          b.panels,
          panel,
          initial,
          from + row * initialStride,
          c,
          to + row * n);
    }
  }
}
