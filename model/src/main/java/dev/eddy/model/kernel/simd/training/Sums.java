package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Sums over the rows of a wave: the gradients of biases and of elementwise weights. */
public final class Sums {
  private Sums() {}

  /**
   * sums += Σ rows.
   *
   * @param rows [count, width] from an offset on, {@code stride} floats between the beginnings
   * @param sums [width] from an offset on
   */
  public static void add(
      float[] rows, int offset, int stride, int count, int width, float[] sums, int sumsOffset) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, sumsOffset + unit);
      int at = offset + unit;
      for (int row = 0; row < count; row++) {
        sum = sum.add(FloatVector.fromArray(FLOATS, rows, at));
        at += stride;
      }
      sum.intoArray(sums, sumsOffset + unit);
    }
  }

  /** sums += Σ rows ⊙ others; {@code others} [count, width] are dense. */
  public static void addProducts(
      float[] rows,
      int offset,
      int stride,
      float[] others,
      int othersOffset,
      int count,
      int width,
      float[] sums,
      int sumsOffset) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, sumsOffset + unit);
      int at = offset + unit;
      int other = othersOffset + unit;
      for (int row = 0; row < count; row++) {
        sum =
            FloatVector.fromArray(FLOATS, rows, at)
                .fma(FloatVector.fromArray(FLOATS, others, other), sum);
        at += stride;
        other += width;
      }
      sum.intoArray(sums, sumsOffset + unit);
    }
  }
}
