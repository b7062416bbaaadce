package dev.eddy.model.kernel.plain;

import dev.eddy.model.kernel.simd.TanhCoefficients;

/**
 * tanh with the operations of {@code kernel.simd}'s {@code VectorTanh} in their order, number by
 * number. Only what lies beyond the bounds is found otherwise, by comparing: NaN stays NaN and −0
 * stays −0 either way.
 */
public final class PlainTanh {
  private PlainTanh() {}

  /** tanh of the numbers from {@code from} to before {@code to}, in place. */
  public static void apply(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(-TanhCoefficients.LIMIT, Math.min(TanhCoefficients.LIMIT, values[i]));
      float z = x * x;
      float p = Math.fma(TanhCoefficients.P4, z, TanhCoefficients.P3);
      p = Math.fma(p, z, TanhCoefficients.P2);
      p = Math.fma(p, z, TanhCoefficients.P1);
      p = Math.fma(p, z, TanhCoefficients.P0);
      float q = Math.fma(TanhCoefficients.Q4, z, TanhCoefficients.Q3);
      q = Math.fma(q, z, TanhCoefficients.Q2);
      q = Math.fma(q, z, TanhCoefficients.Q1);
      q = Math.fma(q, z, TanhCoefficients.Q0);
      values[i] = x * p / q;
    }
  }
}
