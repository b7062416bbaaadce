package dev.eddy.model.kernel.simd;

import java.util.Arrays;

/**
 * Matrix products of a training pass: of activations with packed weights, and of activations with
 * gradients, where the rows of both are summed over. Every width is a whole number of vectors.
 */
public final class TrainingProduct {
  /** Rows of the tall tile: with 32 vector registers six rows of four accumulators fit. */
  private static final int TALL = 6;

  private static final boolean MANY_REGISTERS = Lanes.MANY_REGISTERS;
  private static final int WIDE = Panels.WIDE * Lanes.LENGTH;

  /** Rows summed over at a time, so that what a tile reads stays in the second cache. */
  private static final int DEPTH_BLOCK = 256;

  private TrainingProduct() {}

  /**
   * C = A · B + initial.
   *
   * @param a [rows, depth of B] from an offset on, {@code aRow} floats between its rows
   * @param initial what C begins with, one row for all ({@code initialRow} 0) or one each
   * @param c [rows, columns of B] from an offset on, {@code cRow} floats between its rows; may be
   *     {@code initial}
   */
  public static void multiply(
      float[] a,
      int aOffset,
      int aRow,
      int rows,
      Panels b,
      float[] initial,
      int initialOffset,
      int initialRow,
      float[] c,
      int cOffset,
      int cRow) {
    for (int column = 0; column < b.columns; column += b.panelWidth(column)) {
      panel(
          a,
          aOffset,
          aRow,
          1,
          rows,
          b.depth,
          b.values,
          b.panelOffset(column),
          b.panelWidth(column),
          b.panelWidth(column),
          initial,
          initialOffset + column,
          initialRow,
          c,
          cOffset + column,
          cRow);
    }
  }

  /**
   * C = Aᵀ · B.
   *
   * @param a [depth, rows], dense but for {@code aRow} floats between the beginnings of its rows
   * @param b [depth, columns], {@code bRow} floats between the beginnings of its rows
   * @param c [rows, columns], {@code cRow} floats between the beginnings of its rows
   */
  public static void multiplyTransposed(
      float[] a,
      int aOffset,
      int aRow,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      int columns,
      float[] c,
      int cOffset,
      int cRow) {
    for (int row = 0; row < rows; row++) {
      Arrays.fill(c, cOffset + row * cRow, cOffset + row * cRow + columns, 0f);
    }
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      int block = Math.min(DEPTH_BLOCK, depth - k);
      int column = 0;
      while (column < columns) {
        int width = columns - column >= WIDE ? WIDE : Lanes.LENGTH;
        panel(
            a,
            aOffset + k * aRow,
            1,
            aRow,
            rows,
            block,
            b,
            bOffset + k * bRow + column,
            bRow,
            width,
            c,
            cOffset + column,
            cRow,
            c,
            cOffset + column,
            cRow);
        column += width;
      }
    }
  }

  private static void panel(
      float[] a,
      int aOffset,
      int aRow,
      int aDepth,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      int width,
      float[] initial,
      int initialOffset,
      int initialRow,
      float[] c,
      int cOffset,
      int cRow) {
    int row = 0;
    while (row < rows) {
      int left = rows - row;
      int at = aOffset + row * aRow;
      int from = initialOffset + row * initialRow;
      int to = cOffset + row * cRow;
      if (width == Lanes.LENGTH) {
        if (left >= TALL) {
          TransposableNarrowTile.six(
              a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
          row += TALL;
        } else {
          TransposableNarrowTile.one(
              a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
          row++;
        }
      } else if (MANY_REGISTERS && left >= TALL) {
        TransposableTile.six(
            a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
        row += TALL;
      } else if (left >= 3) {
        TransposableTile.three(
            a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
        row += 3;
      } else if (left == 2) {
        TransposableTile.two(
            a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
        row += 2;
      } else {
        TransposableTile.one(
            a, at, aRow, aDepth, depth, b, bOffset, bRow, initial, from, initialRow, c, to, cRow);
        row++;
      }
    }
  }
}
