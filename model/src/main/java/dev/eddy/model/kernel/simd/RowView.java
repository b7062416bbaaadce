package dev.eddy.model.kernel.simd;

/** Rows of an array, wherever they stand in it: a mutable view, so that none is made in a step. */
public final class RowView {
  float[] values = new float[0];
  int offset;
  int stride;

  /** From now on the rows that begin at {@code newOffset}, {@code newStride} floats apart. */
  public void set(float[] newValues, int newOffset, int newStride) {
    this.values = newValues;
    this.offset = newOffset;
    this.stride = newStride;
  }

  /** Shows the first row alone, as rows of one vector each: its units, one vector after another. */
  public void showUnits() {
    this.stride = Lanes.LENGTH;
  }

  /** Where a row begins. */
  int at(int row) {
    return offset + row * stride;
  }
}
