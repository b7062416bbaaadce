package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;
import static dev.eddy.model.kernel.simd.Lanes.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/**
 * The product's tiles of a panel that is four vectors wide: the rows of {@code a} times its first
 * {@code depth} rows, and the rows of {@code d} times the {@code dDepth} rows after them.
 *
 * <p>With 32 vector registers four rows run best, with 16 registers there is room for two. Every
 * tile is written out, because only sums in local variables stay in registers.
 */
public final class WideTile {
  private WideTile() {}

  /** The panel's product with all rows, in tiles as tall as can be. */
  public static void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] d,
      int dOffset,
      int dStride,
      int dDepth,
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
      for (; row + 4 <= rows && row + 5 != rows; row += 4) {
        multiply4(
            a,
            aOffset + row * aStride,
            aStride,
            depth,
            d,
            dOffset + row * dStride,
            dStride,
            dDepth,
            b,
            bOffset,
            initial,
            initialOffset + row * initialStride,
            initialStride,
            c,
            cOffset + row * cStride,
            cStride);
      }
      for (; row + 3 <= rows; row += 3) {
        multiply3(
            a,
            aOffset + row * aStride,
            aStride,
            depth,
            d,
            dOffset + row * dStride,
            dStride,
            dDepth,
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
    for (; row + 2 <= rows; row += 2) {
      multiply2(
          a,
          aOffset + row * aStride,
          aStride,
          depth,
          d,
          dOffset + row * dStride,
          dStride,
          dDepth,
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
          d,
          dOffset + row * dStride,
          dDepth,
          b,
          bOffset,
          initial,
          initialOffset + row * initialStride,
          c,
          cOffset + row * cStride);
    }
  }

  /** Four rows by four vectors, over the full depth. */
  private static void multiply4(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] d,
      int dOffset,
      int dStride,
      int dDepth,
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
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    FloatVector sum23 = FloatVector.fromArray(FLOATS, initial, from2 + 3 * LENGTH);
    int from3 = initialOffset + 3 * initialStride;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    FloatVector sum31 = FloatVector.fromArray(FLOATS, initial, from3 + LENGTH);
    FloatVector sum32 = FloatVector.fromArray(FLOATS, initial, from3 + 2 * LENGTH);
    FloatVector sum33 = FloatVector.fromArray(FLOATS, initial, from3 + 3 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      sum23 = a2.fma(b3, sum23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[aOffset + 3 * aStride + k]);
      sum30 = a3.fma(b0, sum30);
      sum31 = a3.fma(b1, sum31);
      sum32 = a3.fma(b2, sum32);
      sum33 = a3.fma(b3, sum33);
    }
    for (int k = 0; k < dDepth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector d0 = FloatVector.broadcast(FLOATS, d[dOffset + k]);
      sum00 = d0.fma(b0, sum00);
      sum01 = d0.fma(b1, sum01);
      sum02 = d0.fma(b2, sum02);
      sum03 = d0.fma(b3, sum03);
      FloatVector d1 = FloatVector.broadcast(FLOATS, d[dOffset + dStride + k]);
      sum10 = d1.fma(b0, sum10);
      sum11 = d1.fma(b1, sum11);
      sum12 = d1.fma(b2, sum12);
      sum13 = d1.fma(b3, sum13);
      FloatVector d2 = FloatVector.broadcast(FLOATS, d[dOffset + 2 * dStride + k]);
      sum20 = d2.fma(b0, sum20);
      sum21 = d2.fma(b1, sum21);
      sum22 = d2.fma(b2, sum22);
      sum23 = d2.fma(b3, sum23);
      FloatVector d3 = FloatVector.broadcast(FLOATS, d[dOffset + 3 * dStride + k]);
      sum30 = d3.fma(b0, sum30);
      sum31 = d3.fma(b1, sum31);
      sum32 = d3.fma(b2, sum32);
      sum33 = d3.fma(b3, sum33);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    sum23.intoArray(c, to2 + 3 * LENGTH);
    int to3 = cOffset + 3 * cStride;
    sum30.intoArray(c, to3);
    sum31.intoArray(c, to3 + LENGTH);
    sum32.intoArray(c, to3 + 2 * LENGTH);
    sum33.intoArray(c, to3 + 3 * LENGTH);
  }

  /** Three rows by four vectors, over the full depth. */
  private static void multiply3(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] d,
      int dOffset,
      int dStride,
      int dDepth,
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
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int from2 = initialOffset + 2 * initialStride;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    FloatVector sum23 = FloatVector.fromArray(FLOATS, initial, from2 + 3 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[aOffset + 2 * aStride + k]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      sum23 = a2.fma(b3, sum23);
    }
    for (int k = 0; k < dDepth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector d0 = FloatVector.broadcast(FLOATS, d[dOffset + k]);
      sum00 = d0.fma(b0, sum00);
      sum01 = d0.fma(b1, sum01);
      sum02 = d0.fma(b2, sum02);
      sum03 = d0.fma(b3, sum03);
      FloatVector d1 = FloatVector.broadcast(FLOATS, d[dOffset + dStride + k]);
      sum10 = d1.fma(b0, sum10);
      sum11 = d1.fma(b1, sum11);
      sum12 = d1.fma(b2, sum12);
      sum13 = d1.fma(b3, sum13);
      FloatVector d2 = FloatVector.broadcast(FLOATS, d[dOffset + 2 * dStride + k]);
      sum20 = d2.fma(b0, sum20);
      sum21 = d2.fma(b1, sum21);
      sum22 = d2.fma(b2, sum22);
      sum23 = d2.fma(b3, sum23);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
    int to2 = cOffset + 2 * cStride;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    sum23.intoArray(c, to2 + 3 * LENGTH);
  }

  /** Two rows by four vectors, over the full depth. */
  private static void multiply2(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] d,
      int dOffset,
      int dStride,
      int dDepth,
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
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialStride;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[aOffset + aStride + k]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
    }
    for (int k = 0; k < dDepth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector d0 = FloatVector.broadcast(FLOATS, d[dOffset + k]);
      sum00 = d0.fma(b0, sum00);
      sum01 = d0.fma(b1, sum01);
      sum02 = d0.fma(b2, sum02);
      sum03 = d0.fma(b3, sum03);
      FloatVector d1 = FloatVector.broadcast(FLOATS, d[dOffset + dStride + k]);
      sum10 = d1.fma(b0, sum10);
      sum11 = d1.fma(b1, sum11);
      sum12 = d1.fma(b2, sum12);
      sum13 = d1.fma(b3, sum13);
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cStride;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
  }

  /** One row by four vectors, over the full depth. */
  private static void multiply1(
      float[] a,
      int aOffset,
      int depth,
      float[] d,
      int dOffset,
      int dDepth,
      float[] b,
      int bOffset,
      float[] initial,
      int initialOffset,
      float[] c,
      int cOffset) {
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, initialOffset);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, initialOffset + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, initialOffset + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, initialOffset + 3 * LENGTH);
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[aOffset + k]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
    }
    for (int k = 0; k < dDepth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += 4 * LENGTH;
      FloatVector d0 = FloatVector.broadcast(FLOATS, d[dOffset + k]);
      sum00 = d0.fma(b0, sum00);
      sum01 = d0.fma(b1, sum01);
      sum02 = d0.fma(b2, sum02);
      sum03 = d0.fma(b3, sum03);
    }
    sum00.intoArray(c, cOffset);
    sum01.intoArray(c, cOffset + LENGTH);
    sum02.intoArray(c, cOffset + 2 * LENGTH);
    sum03.intoArray(c, cOffset + 3 * LENGTH);
  }
}
