package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of a {@link TrainingProduct}, four vectors wide. Both operands are read in place,
 * whatever the distance of their rows; A may lie transposed.
 */
final class TransposableTile {
  private TransposableTile() {}

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
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialRow;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int from2 = initialOffset + 2 * initialRow;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    FloatVector sum23 = FloatVector.fromArray(FLOATS, initial, from2 + 3 * LENGTH);
    int from3 = initialOffset + 3 * initialRow;
    FloatVector sum30 = FloatVector.fromArray(FLOATS, initial, from3);
    FloatVector sum31 = FloatVector.fromArray(FLOATS, initial, from3 + LENGTH);
    FloatVector sum32 = FloatVector.fromArray(FLOATS, initial, from3 + 2 * LENGTH);
    FloatVector sum33 = FloatVector.fromArray(FLOATS, initial, from3 + 3 * LENGTH);
    int from4 = initialOffset + 4 * initialRow;
    FloatVector sum40 = FloatVector.fromArray(FLOATS, initial, from4);
    FloatVector sum41 = FloatVector.fromArray(FLOATS, initial, from4 + LENGTH);
    FloatVector sum42 = FloatVector.fromArray(FLOATS, initial, from4 + 2 * LENGTH);
    FloatVector sum43 = FloatVector.fromArray(FLOATS, initial, from4 + 3 * LENGTH);
    int from5 = initialOffset + 5 * initialRow;
    FloatVector sum50 = FloatVector.fromArray(FLOATS, initial, from5);
    FloatVector sum51 = FloatVector.fromArray(FLOATS, initial, from5 + LENGTH);
    FloatVector sum52 = FloatVector.fromArray(FLOATS, initial, from5 + 2 * LENGTH);
    FloatVector sum53 = FloatVector.fromArray(FLOATS, initial, from5 + 3 * LENGTH);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[at + aRow]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[at + 2 * aRow]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      sum23 = a2.fma(b3, sum23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[at + 3 * aRow]);
      sum30 = a3.fma(b0, sum30);
      sum31 = a3.fma(b1, sum31);
      sum32 = a3.fma(b2, sum32);
      sum33 = a3.fma(b3, sum33);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[at + 4 * aRow]);
      sum40 = a4.fma(b0, sum40);
      sum41 = a4.fma(b1, sum41);
      sum42 = a4.fma(b2, sum42);
      sum43 = a4.fma(b3, sum43);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[at + 5 * aRow]);
      sum50 = a5.fma(b0, sum50);
      sum51 = a5.fma(b1, sum51);
      sum52 = a5.fma(b2, sum52);
      sum53 = a5.fma(b3, sum53);
      at += aDepth;
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cRow;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
    int to2 = cOffset + 2 * cRow;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    sum23.intoArray(c, to2 + 3 * LENGTH);
    int to3 = cOffset + 3 * cRow;
    sum30.intoArray(c, to3);
    sum31.intoArray(c, to3 + LENGTH);
    sum32.intoArray(c, to3 + 2 * LENGTH);
    sum33.intoArray(c, to3 + 3 * LENGTH);
    int to4 = cOffset + 4 * cRow;
    sum40.intoArray(c, to4);
    sum41.intoArray(c, to4 + LENGTH);
    sum42.intoArray(c, to4 + 2 * LENGTH);
    sum43.intoArray(c, to4 + 3 * LENGTH);
    int to5 = cOffset + 5 * cRow;
    sum50.intoArray(c, to5);
    sum51.intoArray(c, to5 + LENGTH);
    sum52.intoArray(c, to5 + 2 * LENGTH);
    sum53.intoArray(c, to5 + 3 * LENGTH);
  }

  /** Three rows. */
  static void three(
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
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialRow;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int from2 = initialOffset + 2 * initialRow;
    FloatVector sum20 = FloatVector.fromArray(FLOATS, initial, from2);
    FloatVector sum21 = FloatVector.fromArray(FLOATS, initial, from2 + LENGTH);
    FloatVector sum22 = FloatVector.fromArray(FLOATS, initial, from2 + 2 * LENGTH);
    FloatVector sum23 = FloatVector.fromArray(FLOATS, initial, from2 + 3 * LENGTH);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[at + aRow]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[at + 2 * aRow]);
      sum20 = a2.fma(b0, sum20);
      sum21 = a2.fma(b1, sum21);
      sum22 = a2.fma(b2, sum22);
      sum23 = a2.fma(b3, sum23);
      at += aDepth;
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cRow;
    sum10.intoArray(c, to1);
    sum11.intoArray(c, to1 + LENGTH);
    sum12.intoArray(c, to1 + 2 * LENGTH);
    sum13.intoArray(c, to1 + 3 * LENGTH);
    int to2 = cOffset + 2 * cRow;
    sum20.intoArray(c, to2);
    sum21.intoArray(c, to2 + LENGTH);
    sum22.intoArray(c, to2 + 2 * LENGTH);
    sum23.intoArray(c, to2 + 3 * LENGTH);
  }

  /** Two rows. */
  static void two(
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
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int from1 = initialOffset + initialRow;
    FloatVector sum10 = FloatVector.fromArray(FLOATS, initial, from1);
    FloatVector sum11 = FloatVector.fromArray(FLOATS, initial, from1 + LENGTH);
    FloatVector sum12 = FloatVector.fromArray(FLOATS, initial, from1 + 2 * LENGTH);
    FloatVector sum13 = FloatVector.fromArray(FLOATS, initial, from1 + 3 * LENGTH);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[at + aRow]);
      sum10 = a1.fma(b0, sum10);
      sum11 = a1.fma(b1, sum11);
      sum12 = a1.fma(b2, sum12);
      sum13 = a1.fma(b3, sum13);
      at += aDepth;
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
    int to1 = cOffset + cRow;
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
    int from0 = initialOffset;
    FloatVector sum00 = FloatVector.fromArray(FLOATS, initial, from0);
    FloatVector sum01 = FloatVector.fromArray(FLOATS, initial, from0 + LENGTH);
    FloatVector sum02 = FloatVector.fromArray(FLOATS, initial, from0 + 2 * LENGTH);
    FloatVector sum03 = FloatVector.fromArray(FLOATS, initial, from0 + 3 * LENGTH);
    int at = aOffset;
    int panel = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, panel);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, panel + LENGTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, panel + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, panel + 3 * LENGTH);
      panel += bRow;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[at]);
      sum00 = a0.fma(b0, sum00);
      sum01 = a0.fma(b1, sum01);
      sum02 = a0.fma(b2, sum02);
      sum03 = a0.fma(b3, sum03);
      at += aDepth;
    }
    int to0 = cOffset;
    sum00.intoArray(c, to0);
    sum01.intoArray(c, to0 + LENGTH);
    sum02.intoArray(c, to0 + 2 * LENGTH);
    sum03.intoArray(c, to0 + 3 * LENGTH);
  }
}
