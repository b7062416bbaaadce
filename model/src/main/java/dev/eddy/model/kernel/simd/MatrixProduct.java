package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * C = A · B + initial values, B packed. Every element of C is accumulated over k in ascending order
 * with {@code fma}, beginning with its initial value, whatever the number of rows: this, and no sum
 * across lanes, makes a row's result independent of the rows beside it and of the vectors' length.
 */
public final class MatrixProduct {
  private MatrixProduct() {}

  /** C[rows, N] = A[rows, K] · B + bias; {@code a} has {@code aStride} floats between its rows. */
  public static void ofRows(float[] a, int aStride, int rows, PackedMatrix b, float[] c) {
    run(a, 0, aStride, rows, b, b.bias, 0, 0, c, 0);
  }

  /** C[rows, N] += A[rows, K] · B, C beginning at {@code cOffset}. */
  public static void addRows(
      float[] a, int aStride, int rows, PackedMatrix b, float[] c, int cOffset) {
    run(a, 0, aStride, rows, b, c, cOffset, b.columns, c, cOffset);
  }

  /** C[rows, N] += A[rows, K] · B, C beginning at {@code cOffset}. */
  public static void addRows(RowView a, int rows, PackedMatrix b, float[] c, int cOffset) {
    run(a.values, a.offset, a.stride, rows, b, c, cOffset, b.columns, c, cOffset);
  }

  /**
   * The columns of C that belong to one full panel of B: [rows, panel's columns] = A[rows, K] ·
   * panel + the panel's bias.
   *
   * @param c dense, from its beginning
   */
  public static void ofPanel(
      float[] a, int aOffset, int aStride, int rows, PackedMatrix b, int panel, float[] c) {
    int from = panel * b.panelColumns;
    fullPanel(a, aOffset, aStride, rows, b, panel, b.bias, from, 0, c, 0, b.panelColumns);
  }

  /**
   * The columns of C that belong to one full panel of B: [rows, panel's columns] = A[rows, K] ·
   * panel + initial values, which stand as C does, but anywhere.
   *
   * @param a from row {@code aRow} on
   * @param c dense, from its beginning; may be {@code initial}
   */
  public static void addPanel(
      RowView a,
      int aRow,
      int rows,
      PackedMatrix b,
      int panel,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c) {
    fullPanel(
        a.values,
        a.at(aRow),
        a.stride,
        rows,
        b,
        panel,
        initial,
        initialOffset,
        initialStride,
        c,
        0,
        b.panelColumns);
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
          panel,
          initial,
          from + column,
          initialStride,
          c,
          to + column,
          n);
    }
    int narrow = b.panelOffset(b.fullPanels);
    for (; column < n; column += LENGTH, narrow += b.depth * LENGTH) {
      NarrowTile.multiply(
          a,
          aOffset,
          aStride,
          rows,
          b.depth,
          b.panels,
          narrow,
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
      int panel,
      float[] initial,
      int from,
      int initialStride,
      float[] c,
      int to,
      int cStride) {
    int at = b.panelOffset(panel);
    if (b.panelVectors == PackedMatrix.WIDE) {
      WideTile.multiply(
          a,
          aOffset,
          aStride,
          rows,
          b.depth,
          b.panels,
          at,
          initial,
          from,
          initialStride,
          c,
          to,
          cStride);
      return;
    }
    int last = b.zeroVector < b.panelVectors ? b.panelVectors : b.panelVectors - 1;
    MediumTile.multiply(
        a,
        aOffset,
        aStride,
        rows,
        b.depth,
        b.panels,
        at,
        initial,
        from,
        initialStride,
        c,
        to,
        cStride,
        last * LENGTH);
    int zero = b.zeroVector * LENGTH;
    if (zero < b.panelColumns && (initial != c || from != to)) {
      keep(rows, initial, from + zero, initialStride, c, to + zero, cStride);
    }
  }

  /** A column of C whose column of B is zero. */
  private static void keep(
      int rows, float[] initial, int from, int initialStride, float[] c, int to, int cStride) {
    for (int row = 0; row < rows; row++) {
      FloatVector.fromArray(FLOATS, initial, from + row * initialStride)
          .intoArray(c, to + row * cStride);
    }
  }
}
