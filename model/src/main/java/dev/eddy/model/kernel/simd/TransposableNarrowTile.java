package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The tiles of a {@link TrainingProduct} that are one vector wide: what is left of its columns. */
final class TransposableNarrowTile {
  private TransposableNarrowTile() {}

  /** Six rows. */
  static void six(
      float[] a,
      int aOffset,
      int aRow,
      int aDepth,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] initial,
      int initialOffset,
      int initialRow,
      float[] c,
      int cOffset,
      int cRow) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, initialOffset);
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, initialOffset + initialRow);
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, initialOffset + 2 * initialRow);
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, initialOffset + 3 * initialRow);
    FloatVector sum40 = FloatVector.fromArray(FLOATS, initial, initialOffset + 4 * initialRow);
    FloatVector sum50 = FloatVector.fromArray(FLOATS, initial, initialOffset + 5 * initialRow);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[at + aRow]);
      sum10 = a1.fma(b0, sum10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[at + 2 * aRow]);
      sum20 = a2.fma(b0, sum20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[at + 3 * aRow]);
      sum30 = a3.fma(b0, sum30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[at + 4 * aRow]);
      sum40 = a4.fma(b0, sum40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[at + 5 * aRow]);
      sum50 = a5.fma(b0, sum50);
      at += aDepth;
    }
    sum00.intoArray(c, cOffset);
    sum10.intoArray(c, cOffset + cRow);
    sum20.intoArray(c, cOffset + 2 * cRow);
    sum30.intoArray(c, cOffset + 3 * cRow);
    sum40.intoArray(c, cOffset + 4 * cRow);
    sum50.intoArray(c, cOffset + 5 * cRow);
  }

  /** One row. */
  static void one(
      float[] a,
      int aOffset,
      int aRow,
      int aDepth,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] initial,
      int initialOffset,
      int initialRow,
      float[] c,
      int cOffset,
      int cRow) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, initialOffset);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      at += aDepth;
    }
    sum00.intoArray(c, cOffset);
  }
}
