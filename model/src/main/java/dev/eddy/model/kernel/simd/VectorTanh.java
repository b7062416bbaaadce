package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.INTS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;
import static dev.eddy.model.kernel.simd.TanhCoefficients.P0;
import static dev.eddy.model.kernel.simd.TanhCoefficients.P1;
import static dev.eddy.model.kernel.simd.TanhCoefficients.P2;
import static dev.eddy.model.kernel.simd.TanhCoefficients.P3;
import static dev.eddy.model.kernel.simd.TanhCoefficients.P4;
import static dev.eddy.model.kernel.simd.TanhCoefficients.Q0;
import static dev.eddy.model.kernel.simd.TanhCoefficients.Q1;
import static dev.eddy.model.kernel.simd.TanhCoefficients.Q2;
import static dev.eddy.model.kernel.simd.TanhCoefficients.Q3;
import static dev.eddy.model.kernel.simd.TanhCoefficients.Q4;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * tanh as a rational function: x · P(x²) / Q(x²), both of degree four, for |x| up to 8, constant
 * beyond. Minimax in relative error (6.4e-9 before rounding), fitted by iteratively reweighted
 * least squares; in floats within 3.3e-7 of tanh and never above 1 in magnitude. NaN stays NaN. The
 * JVM's own vector tanh would differ between interpreter, compiler and vector lengths.
 *
 * <p>The logistic function is σ(x) = ½ · tanh(½ · x) + ½, within 1.8e-7 and never outside [0, 1].
 *
 * <p>Each method is one loop over arrays: a vector that crosses a method which the JIT chose not to
 * inline, because it was compiled by itself before, would be boxed. The constants are made in the
 * method, not read from static vectors, which the JIT would load anew for every number, because it
 * cannot know that the loop does not write to them.
 */
public final class VectorTanh {
  private static final int SIGN = Integer.MIN_VALUE;
  private static final int MAGNITUDE = Integer.MAX_VALUE;

  /** Added to a magnitude's bits it makes NaN, and only NaN, a negative integer. */
  private static final int NAN_BELOW = 0x007f_ffff;

  private static final int LIMIT = Float.floatToRawIntBits(TanhCoefficients.LIMIT) + NAN_BELOW;

  private VectorTanh() {}

  /**
   * tanh of {@code count} numbers, a multiple of the vectors' length; {@code to} may be {@code
   * from}.
   */
  public static void apply(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    ofColumn(from, fromOffset, LENGTH, to, toOffset, LENGTH, count / LENGTH);
  }

  /** tanh of one vector in each of {@code rows} rows, in place. */
  static void ofColumn(float[] values, int offset, int stride, int rows) {
    ofColumn(values, offset, stride, values, offset, stride, rows);
  }

  /** tanh of one vector in each of {@code rows} rows; {@code to} may be {@code from}. */
  static void ofColumn(
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int toStride,
      int rows) {
    FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
    FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
    FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
    FloatVector p3 = FloatVector.broadcast(FLOATS, P3);
    FloatVector p4 = FloatVector.broadcast(FLOATS, P4);
    FloatVector q0 = FloatVector.broadcast(FLOATS, Q0);
    FloatVector q1 = FloatVector.broadcast(FLOATS, Q1);
    FloatVector q2 = FloatVector.broadcast(FLOATS, Q2);
    FloatVector q3 = FloatVector.broadcast(FLOATS, Q3);
    FloatVector q4 = FloatVector.broadcast(FLOATS, Q4);
    IntVector sign = IntVector.broadcast(INTS, SIGN);
    IntVector magnitude = IntVector.broadcast(INTS, MAGNITUDE);
    IntVector nanBelow = IntVector.broadcast(INTS, NAN_BELOW);
    IntVector limit = IntVector.broadcast(INTS, LIMIT);
    for (int row = 0; row < rows; row++) {
      FloatVector unbounded = FloatVector.fromArray(FLOATS, from, fromOffset + row * fromStride);
      // Into ±8 on the bits: faster than float minimum and maximum, and NaN passes.
      IntVector bits = unbounded.reinterpretAsInts();
      IntVector bounded = bits.and(magnitude).add(nanBelow).min(limit).sub(nanBelow);
      FloatVector x = bounded.or(bits.and(sign)).reinterpretAsFloats();
      FloatVector z = x.mul(x);
      FloatVector p = p4.fma(z, p3).fma(z, p2).fma(z, p1).fma(z, p0);
      FloatVector q = q4.fma(z, q3).fma(z, q2).fma(z, q1).fma(z, q0);
      x.mul(p).div(q).intoArray(to, toOffset + row * toStride);
    }
  }

  /**
   * tanh(sum + weight ⊙ c) of one vector in each of {@code rows} rows, in place: a gate that sees
   * its unit's state.
   *
   * @param weights from an offset on, {@code weightStep} floats apart, the vectors that multiply
   *     the rows of {@code cells}; 0 where it is the same for all
   */
  public static void ofSum(
      float[] sums,
      int offset,
      int stride,
      float[] weights,
      int weightOffset,
      int weightStep,
      float[] cells,
      int cellOffset,
      int cellStride,
      int rows) {
    FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
    FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
    FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
    FloatVector p3 = FloatVector.broadcast(FLOATS, P3);
    FloatVector p4 = FloatVector.broadcast(FLOATS, P4);
    FloatVector q0 = FloatVector.broadcast(FLOATS, Q0);
    FloatVector q1 = FloatVector.broadcast(FLOATS, Q1);
    FloatVector q2 = FloatVector.broadcast(FLOATS, Q2);
    FloatVector q3 = FloatVector.broadcast(FLOATS, Q3);
    FloatVector q4 = FloatVector.broadcast(FLOATS, Q4);
    IntVector sign = IntVector.broadcast(INTS, SIGN);
    IntVector magnitude = IntVector.broadcast(INTS, MAGNITUDE);
    IntVector nanBelow = IntVector.broadcast(INTS, NAN_BELOW);
    IntVector limit = IntVector.broadcast(INTS, LIMIT);
    for (int row = 0; row < rows; row++) {
      FloatVector weight = FloatVector.fromArray(FLOATS, weights, weightOffset + row * weightStep);
      FloatVector unbounded =
          weight.fma(
              FloatVector.fromArray(FLOATS, cells, cellOffset + row * cellStride),
              FloatVector.fromArray(FLOATS, sums, offset + row * stride));
      // Into ±8 on the bits: faster than float minimum and maximum, and NaN passes.
      IntVector bits = unbounded.reinterpretAsInts();
      IntVector bounded = bits.and(magnitude).add(nanBelow).min(limit).sub(nanBelow);
      FloatVector x = bounded.or(bits.and(sign)).reinterpretAsFloats();
      FloatVector z = x.mul(x);
      FloatVector p = p4.fma(z, p3).fma(z, p2).fma(z, p1).fma(z, p0);
      FloatVector q = q4.fma(z, q3).fma(z, q2).fma(z, q1).fma(z, q0);
      x.mul(p).div(q).intoArray(sums, offset + row * stride);
    }
  }

  /** The same with one vector of weights for all rows. */
  public static void ofSum(
      float[] sums,
      int offset,
      int stride,
      float[] weights,
      int weightOffset,
      float[] cells,
      int cellOffset,
      int cellStride,
      int rows) {
    ofSum(sums, offset, stride, weights, weightOffset, 0, cells, cellOffset, cellStride, rows);
  }
}
