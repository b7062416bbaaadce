package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;
import static dev.eddy.model.kernel.simd.Lanes.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/**
 * The product's tiles of a panel that is three vectors wide.
 *
 * <p>With 32 vector registers five rows run best, with 16 registers three. Every tile is written
 * out, because only sums in local variables stay in registers.
 */
final class MediumTile {
  private MediumTile() {}

  /** The panel's product with all rows, in tiles as tall as can be. */
  static void multiply(
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
    if (MANY_REGISTERS) {
      for (; row + 5 <= rows && row + 6 != rows; row += 5) {
        multiply5(
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
      for (; row + 4 == rows; row += 4) {
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
    }
    for (; row + 3 <= rows && row + 4 != rows; row += 3) {
      multiply3(
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
    for (; row + 2 <= rows; row += 2) {
      multiply2(
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

  /** Five rows by three vectors, over the full depth. */
  private static void multiply5(
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
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    int from3 = initialOffset + 3 * initialStride;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    FloatVector sum31 = FloatVector.fromArray(FLOATS, initial, from3 + LENGTH);
    FloatVector sum32 = FloatVector.fromArray(FLOATS, initial, from3 + 2 * LENGTH);
    int from4 = initialOffset + 4 * initialStride;
    FloatVector sum40 = FloatVector.fromArray(FLOATS, initial, from4);
    FloatVector sum41 = FloatVector.fromArray(FLOATS, initial, from4 + LENGTH);
    FloatVector sum42 = FloatVector.fromArray(FLOATS, initial, from4 + 2 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      panel += 3 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[aOffset + 3 * aStride + k]);
      sum30 = a3.fma(b0, sum30);
      sum31 = a3.fma(b1, sum31);
      sum32 = a3.fma(b2, sum32);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[aOffset + 4 * aStride + k]);
      sum40 = a4.fma(b0, sum40);
      sum41 = a4.fma(b1, sum41);
      sum42 = a4.fma(b2, sum42);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    int to3 = cOffset + 3 * cStride;
    sum30.intoArray(c, to3);
    sum31.intoArray(c, to3 + LENGTH);
    sum32.intoArray(c, to3 + 2 * LENGTH);
    int to4 = cOffset + 4 * cStride;
    sum40.intoArray(c, to4);
    sum41.intoArray(c, to4 + LENGTH);
    sum42.intoArray(c, to4 + 2 * LENGTH);
  }

  /** Four rows by three vectors, over the full depth. */
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
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    int from3 = initialOffset + 3 * initialStride;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    FloatVector sum31 = FloatVector.fromArray(FLOATS, initial, from3 + LENGTH);
    FloatVector sum32 = FloatVector.fromArray(FLOATS, initial, from3 + 2 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      panel += 3 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[aOffset + 3 * aStride + k]);
      sum30 = a3.fma(b0, sum30);
      sum31 = a3.fma(b1, sum31);
      sum32 = a3.fma(b2, sum32);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    int to3 = cOffset + 3 * cStride;
    sum30.intoArray(c, to3);
    sum31.intoArray(c, to3 + LENGTH);
    sum32.intoArray(c, to3 + 2 * LENGTH);
  }

  /** Three rows by three vectors, over the full depth. */
  private static void multiply3(
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
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      panel += 3 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
  }

  /** Two rows by three vectors, over the full depth. */
  private static void multiply2(
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
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      panel += 3 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
  }

  /** One row by three vectors, over the full depth. */
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
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, initialOffset + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, initialOffset + 2 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      panel += 3 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
    }
    sum00.intoArray(c, cOffset);
    sum01.intoArray(c, cOffset + LENGTH);
    sum02.intoArray(c, cOffset + 2 * LENGTH);
  }
}
