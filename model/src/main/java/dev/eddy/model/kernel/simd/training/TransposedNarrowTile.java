package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The tiles of C += Aᵀ · B that are one vector wide: what {@link TransposedTile} leaves of C. */
final class TransposedNarrowTile {
  private TransposedNarrowTile() {}

  /** Six rows. */
  static void six(
      float[] a,
      int aOffset,
      int aRow,
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      int cRow) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, c, cOffset);
    FloatVector sum10 = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
    FloatVector sum20 = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
    FloatVector sum30 = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
    FloatVector sum40 = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
    FloatVector sum50 = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
    int left = aOffset;
    int right = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, right);
      right += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[left]);
      sum00 = a0.fma(b0, sum00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[left + 1]);
      sum10 = a1.fma(b0, sum10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[left + 2]);
      sum20 = a2.fma(b0, sum20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[left + 3]);
      sum30 = a3.fma(b0, sum30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[left + 4]);
      sum40 = a4.fma(b0, sum40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[left + 5]);
      sum50 = a5.fma(b0, sum50);
      left += aRow;
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
      int depth,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, c, cOffset);
    int left = aOffset;
    int right = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, right);
      right += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[left]);
      sum00 = a0.fma(b0, sum00);
      left += aRow;
    }
    sum00.intoArray(c, cOffset);
  }
}
