package dev.eddy.model.layer;

/**
 * tanh and the logistic function σ(x) = 1 / (1 + e^-x) as a quotient of polynomials, within 2e-7,
 * in arithmetic that the compiler turns into vector instructions.
 */
final class Rational {
  private static final float CLAMP = 9f; // tanh is 1 in float beyond

  // tanh(x) ≈ x·P(x²)/Q(x²), minimax over ±9
  private static final float P0 = 0.0048935246f;
  private static final float P1 = 0.00063726195f;
  private static final float P2 = 0.0000148572235f;
  private static final float P3 = 5.1222973E-8f;
  private static final float P4 = -8.604672E-11f;
  private static final float P5 = 2.000188E-13f;
  private static final float P6 = -2.7607684E-16f;
  private static final float Q0 = 0.004893525f;
  private static final float Q1 = 0.0022684347f;
  private static final float Q2 = 0.00011853471f;
  private static final float Q3 = 0.0000011982584f;

  private Rational() {}

  /** Replaces {@code values[from, to)} by their σ; NaN stays NaN. */
  static void sigmoid(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(-CLAMP, Math.min(CLAMP, 0.5f * values[i]));
      float s = x * x;
      float p = (((((P6 * s + P5) * s + P4) * s + P3) * s + P2) * s + P1) * s + P0;
      float q = ((Q3 * s + Q2) * s + Q1) * s + Q0;
      values[i] = 0.5f + 0.5f * (x * p / q);
    }
  }

  /** Replaces {@code values[from, to)} by their tanh; NaN stays NaN. */
  static void tanh(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(-CLAMP, Math.min(CLAMP, values[i]));
      float s = x * x;
      float p = (((((P6 * s + P5) * s + P4) * s + P3) * s + P2) * s + P1) * s + P0;
      float q = ((Q3 * s + Q2) * s + Q1) * s + Q0;
      values[i] = x * p / q;
    }
  }
}
