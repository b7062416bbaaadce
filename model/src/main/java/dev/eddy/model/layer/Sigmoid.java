package dev.eddy.model.layer;

/**
 * The logistic function, σ(x) = 1 / (1 + e^-x), within 2e-7, in arithmetic that the compiler turns
 * into vector instructions.
 */
final class Sigmoid {
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

  private Sigmoid() {}

  /** Replaces the first {@code length} values by their σ; NaN stays NaN. */
  static void apply(float[] values, int length) {
    for (int i = 0; i < length; i++) {
      float x = Math.max(-CLAMP, Math.min(CLAMP, 0.5f * values[i]));
      float s = x * x;
      float p = (((((P6 * s + P5) * s + P4) * s + P3) * s + P2) * s + P1) * s + P0;
      float q = ((Q3 * s + Q2) * s + Q1) * s + Q0;
      values[i] = 0.5f + 0.5f * (x * p / q);
    }
  }
}
