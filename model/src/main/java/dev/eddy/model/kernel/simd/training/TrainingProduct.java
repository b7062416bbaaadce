package dev.eddy.model.kernel.simd.training;

import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.NarrowTile;
import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.WideTile;
import java.util.Arrays;

/**
 * Matrix products of a training pass: of activations with packed weights, and of activations with
 * gradients, where the rows of both are summed over. Every width is a whole number of vectors.
 */
public final class TrainingProduct {
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
      int panel = b.panelOffset(column);
      int from = initialOffset + column;
      int to = cOffset + column;
      if (b.panelWidth(column) == WIDE) {
        WideTile.multiply(
            a,
            aOffset,
            aRow,
            rows,
            b.depth,
            a,
            aOffset,
            aRow,
            0,
            b.values,
            panel,
            initial,
            from,
            initialRow,
            c,
            to,
            cRow);
      } else {
        NarrowTile.multiply(
            a,
            aOffset,
            aRow,
            rows,
            b.depth,
            b.values,
            panel,
            initial,
            from,
            initialRow,
            c,
            to,
            cRow);
      }
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
        int left = aOffset + k * aRow;
        int right = bOffset + k * bRow + column;
        if (width == WIDE) {
          addWide(a, left, aRow, rows, block, b, right, bRow, c, cOffset + column, cRow);
        } else {
          addNarrow(a, left, aRow, rows, block, b, right, bRow, c, cOffset + column, cRow);
        }
        column += width;
      }
    }
  }

  /** What four vectors of columns of B add to C. */
  private static void addWide(
      float[] a,
      int aOffset,
      int aRow,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      int cRow) {
    int row = 0;
    if (Lanes.MANY_REGISTERS) {
      for (; row + 4 <= rows; row += 4) {
        int to = cOffset + row * cRow;
        TransposedTile.four(a, aOffset + row, aRow, depth, b, bOffset, bRow, c, to, cRow);
      }
    }
    for (; row + 2 <= rows; row += 2) {
      int to = cOffset + row * cRow;
      TransposedTile.two(a, aOffset + row, aRow, depth, b, bOffset, bRow, c, to, cRow);
    }
    for (; row < rows; row++) {
      int to = cOffset + row * cRow;
      TransposedTile.one(a, aOffset + row, aRow, depth, b, bOffset, bRow, c, to);
    }
  }

  /** What one vector of columns of B adds to C. */
  private static void addNarrow(
      float[] a,
      int aOffset,
      int aRow,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      int cRow) {
    int row = 0;
    for (; row + 6 <= rows; row += 6) {
      int to = cOffset + row * cRow;
      TransposedNarrowTile.six(a, aOffset + row, aRow, depth, b, bOffset, bRow, c, to, cRow);
    }
    for (; row < rows; row++) {
      int to = cOffset + row * cRow;
      TransposedNarrowTile.one(a, aOffset + row, aRow, depth, b, bOffset, bRow, c, to);
    }
  }
}
