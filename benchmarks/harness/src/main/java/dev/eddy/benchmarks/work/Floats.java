package dev.eddy.benchmarks.work;

/** Rearranges weights between the layouts of engines. */
public final class Floats {
  private Floats() {}

  /**
   * Reorders blocks of columns.
   *
   * @param values [rows, order.length * size]
   * @param order which block of {@code values} comes first, second, ...
   */
  public static float[] blocks(float[] values, int size, int... order) {
    float[] reordered = new float[values.length];
    int width = order.length * size;
    for (int at = 0; at < values.length; at += size) {
      int row = at / width;
      int block = at % width / size;
      System.arraycopy(values, row * width + order[block] * size, reordered, at, size);
    }
    return reordered;
  }

  /** The transpose of [rows, columns]. */
  public static float[] transposed(float[] values, int rows, int columns) {
    float[] transposed = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[row * columns + column];
      }
    }
    return transposed;
  }

  /** Changes the sign of the columns from {@code from} to {@code to}; returns its argument. */
  public static float[] negate(float[] values, int columns, int from, int to) {
    for (int row = 0; row < values.length; row += columns) {
      for (int column = from; column < to; column++) {
        values[row + column] = -values[row + column];
      }
    }
    return values;
  }

  /** Columns {@code from} to {@code to} of [rows, columns]. */
  public static float[] columns(float[] values, int columns, int from, int to) {
    int width = to - from;
    float[] part = new float[values.length / columns * width];
    for (int row = 0; row < values.length / columns; row++) {
      System.arraycopy(values, row * columns + from, part, row * width, width);
    }
    return part;
  }
}
