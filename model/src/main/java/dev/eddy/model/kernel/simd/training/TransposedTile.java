package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of C += Aᵀ · B that are four vectors wide, for {@link TrainingProduct}: rows of C are
 * columns of A, which stand side by side in it. Every tile is written out, because only sums in
 * local variables stay in registers.
 */
final class TransposedTile {
  private TransposedTile() {}

  /** Four rows. */
  static void four(
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
    int to0 = cOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, c, to0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, c, to0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, c, to0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, c, to0 + 3 * LENGTH);
    int to1 = cOffset + cRow;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, c, to1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, c, to1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, c, to1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, c, to1 + 3 * LENGTH);
    int to2 = cOffset + 2 * cRow;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, c, to2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, c, to2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, c, to2 + 2 * LENGTH);
    FloatVector sum23 = FloatVector.fromArray(FLOATS, c, to2 + 3 * LENGTH);
    int to3 = cOffset + 3 * cRow;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, c, to3);
    FloatVector sum31 = FloatVector.fromArray(FLOATS, c, to3 + LENGTH);
    FloatVector sum32 = FloatVector.fromArray(FLOATS, c, to3 + 2 * LENGTH);
    FloatVector sum33 = FloatVector.fromArray(FLOATS, c, to3 + 3 * LENGTH);
    int left = aOffset;
    int right = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, right);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, right + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, right + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, right + 3 * LENGTH);
      right += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[left]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[left + 1]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[left + 2]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      sum23 = a2.fma(b3, sum23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[left + 3]);
      sum30 = a3.fma(b0, sum30);
      sum31 = a3.fma(b1, sum31);
      sum32 = a3.fma(b2, sum32);
      sum33 = a3.fma(b3, sum33);
      left += aRow;
    }
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    sum23.intoArray(c, to2 + 3 * LENGTH);
    sum30.intoArray(c, to3);
    sum31.intoArray(c, to3 + LENGTH);
    sum32.intoArray(c, to3 + 2 * LENGTH);
    sum33.intoArray(c, to3 + 3 * LENGTH);
  }

  /** Two rows. */
  static void two(
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
    int to0 = cOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, c, to0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, c, to0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, c, to0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, c, to0 + 3 * LENGTH);
    int to1 = cOffset + cRow;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, c, to1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, c, to1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, c, to1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, c, to1 + 3 * LENGTH);
    int left = aOffset;
    int right = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, right);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, right + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, right + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, right + 3 * LENGTH);
      right += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[left]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[left + 1]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      left += aRow;
    }
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
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
    int to0 = cOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, c, to0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, c, to0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, c, to0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, c, to0 + 3 * LENGTH);
    int left = aOffset;
    int right = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, right);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, right + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, right + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, right + 3 * LENGTH);
      right += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[left]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      left += aRow;
    }
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
  }
}
