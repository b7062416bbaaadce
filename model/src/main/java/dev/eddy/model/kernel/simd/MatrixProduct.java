package dev.eddy.model.kernel.simd;

/**
 * C = A · B + initial values, B packed. Every element of C is accumulated over k in ascending order
 * with {@code fma}, beginning with its initial value, whatever the number of rows: this, and no sum
 * across lanes, makes a row's result independent of the rows beside it and of the vectors' length.
 */
public final class MatrixProduct {
  private static final int WIDE_COLUMNS = Panels.WIDE * Lanes.LENGTH;

  private MatrixProduct() {}

  /** C[rows, N] = A[rows, K] · B + bias; {@code a} has {@code aStride} floats between its rows. */
  public static void ofRows(float[] a, int aStride, int rows, PackedMatrix b, float[] c) {
    run(a, 0, aStride, rows, b, b.bias, 0, 0, c, 0);
  }

  /** C[rows, N] += A[rows, K] · B, C beginning at {@code cOffset}. */
  public static void addRows(RowView a, int rows, PackedMatrix b, float[] c, int cOffset) {
    run(a.values, a.offset, a.stride, rows, b, c, cOffset, b.columns, c, cOffset);
  }

  /**
   * The columns of C that belong to one full panel of B: [rows, panel's columns] = A[rows, K] ·
   * panel + the panel's bias, dense from {@code cOffset} on.
   */
  public static void ofPanel(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      int panel,
      float[] c,
      int cOffset) {
    int from = panel * b.panelColumns;
    fullPanel(a, aOffset, aStride, rows, b, from, b.bias, from, 0, c, cOffset, b.panelColumns);
  }

  private static void run(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] initial,
      int from,
      int initialStride,
      float[] c,
      int to) {
    int n = b.columns;
    int column = 0;
    for (int panel = 0; panel < b.fullPanels; panel++, column += b.panelColumns) {
      fullPanel(
          a,
          aOffset,
          aStride,
          rows,
          b,
          column,
          initial,
          from + column,
          initialStride,
          c,
          to + column,
          n);
    }
    for (; column < n; column += Lanes.LENGTH) {
      NarrowTile.multiply(
          a,
          aOffset,
          aStride,
          rows,
          b.depth,
          b.panels,
          column * b.depth,
          initial,
          from + column,
          initialStride,
          c,
          to + column,
          n);
    }
  }

  private static void fullPanel(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      int column,
      float[] initial,
      int from,
      int initialStride,
      float[] c,
      int to,
      int cStride) {
    int depth = b.depth;
    int at = column * depth;
    if (b.panelColumns == WIDE_COLUMNS) {
      WideTile.multiply(
          a,
          aOffset,
          aStride,
          rows,
          depth,
          a,
          aOffset,
          aStride,
          0,
          b.panels,
          at,
          initial,
          from,
          initialStride,
          c,
          to,
          cStride);
    } else {
      MediumTile.multiply(
          a,
          aOffset,
          aStride,
          rows,
          depth,
          b.panels,
          at,
          initial,
          from,
          initialStride,
          c,
          to,
          cStride);
    }
  }
}
