package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The product's tiles of a panel that is one vector wide. */
public final class NarrowTile {
  private NarrowTile() {}

  /** The panel's product with all rows. */
  public static void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset,
      int cStride) {
    int row = 0;
    for (; row + 8 <= rows; row += 8) {
      multiply8(
          a,
          aOffset + row * aStride,
          aStride,
          depth,
          b,
          bOffset,
          initial,
          initialOffset + row * initialStride,
          initialStride,
          c,
          cOffset + row * cStride,
          cStride);
    }
    for (; row + 4 <= rows; row += 4) {
      multiply4(
          a,
          aOffset + row * aStride,
          aStride,
          depth,
          b,
          bOffset,
          initial,
          initialOffset + row * initialStride,
          initialStride,
          c,
          cOffset + row * cStride,
          cStride);
    }
    for (; row < rows; row += 1) {
      multiply1(
          a,
          aOffset + row * aStride,
          depth,
          b,
          bOffset,
          initial,
          initialOffset + row * initialStride,
          c,
          cOffset + row * cStride);
    }
  }

  /** Eight rows by one vector, over the full depth. */
  private static void multiply8(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] b,
      int bOffset,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset,
      int cStride) {
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    int from3 = initialOffset + 3 * initialStride;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    int from4 = initialOffset + 4 * initialStride;
    FloatVector sum40 = FloatVector.fromArray(FLOATS, initial, from4);
    int from5 = initialOffset + 5 * initialStride;
    FloatVector sum50 = FloatVector.fromArray(FLOATS, initial, from5);
    int from6 = initialOffset + 6 * initialStride;
    FloatVector sum60 = FloatVector.fromArray(FLOATS, initial, from6);
    int from7 = initialOffset + 7 * initialStride;
    FloatVector sum70 = FloatVector.fromArray(FLOATS, initial, from7);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      panel += LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[aOffset + 3 * aStride + k]);
      sum30 = a3.fma(b0, sum30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[aOffset + 4 * aStride + k]);
      sum40 = a4.fma(b0, sum40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[aOffset + 5 * aStride + k]);
      sum50 = a5.fma(b0, sum50);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[aOffset + 6 * aStride + k]);
      sum60 = a6.fma(b0, sum60);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[aOffset + 7 * aStride + k]);
      sum70 = a7.fma(b0, sum70);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    int to3 = cOffset + 3 * cStride;
    sum30.intoArray(c, to3);
    int to4 = cOffset + 4 * cStride;
    sum40.intoArray(c, to4);
    int to5 = cOffset + 5 * cStride;
    sum50.intoArray(c, to5);
    int to6 = cOffset + 6 * cStride;
    sum60.intoArray(c, to6);
    int to7 = cOffset + 7 * cStride;
    sum70.intoArray(c, to7);
  }

  /** Four rows by one vector, over the full depth. */
  private static void multiply4(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] b,
      int bOffset,
      float[] initial,
      int initialOffset,
      int initialStride,
      float[] c,
      int cOffset,
      int cStride) {
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    int from3 = initialOffset + 3 * initialStride;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      panel += LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[aOffset + 3 * aStride + k]);
      sum30 = a3.fma(b0, sum30);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    int to3 = cOffset + 3 * cStride;
    sum30.intoArray(c, to3);
  }

  /** One row by one vector, over the full depth. */
  private static void multiply1(
      float[] a,
      int aOffset,
      int depth,
      float[] b,
      int bOffset,
      float[] initial,
      int initialOffset,
      float[] c,
      int cOffset) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, initialOffset);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      panel += LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
    }
    sum00.intoArray(c, cOffset);
  }
}
