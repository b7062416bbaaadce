package dev.eddy.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The bounds that {@link VectorTanh} states, over all magnitudes there are: each of them when run
 * with {@code -Deddy.everyFloat=true}, one in 997 otherwise.
 */
class VectorTanhTest {
  private static final double BOUND = 3.3e-7;
  private static final double SIGMOID_BOUND = 1.8e-7;
  private static final int STRIDE = Boolean.getBoolean("eddy.everyFloat") ? 1 : 997;
  private static final int BLOCK = 1 << 12;

  @Test
  void is_within_its_bounds_over_all_floats() {
    float[] numbers = new float[BLOCK];
    float[] found = new float[BLOCK];
    Errors errors = new Errors();
    long infinity = Float.floatToIntBits(Float.POSITIVE_INFINITY);
    for (long bits = 0; bits <= infinity; ) {
      for (int i = 0; i < BLOCK; i += 2) {
        float magnitude = Float.intBitsToFloat((int) Math.min(bits, infinity));
        numbers[i] = magnitude;
        numbers[i + 1] = -magnitude;
        bits += STRIDE;
      }
      VectorTanh.apply(numbers, 0, found, 0, BLOCK);
      errors.add(numbers, found);
    }
    assertThat(errors.absolute).as("of tanh").isPositive().isLessThan(BOUND);
    assertThat(errors.relative).as("of tanh, relative").isLessThan(BOUND);
    assertThat(errors.sigmoid).as("of the logistic function").isLessThan(SIGMOID_BOUND);
    assertThat(errors.largest).as("magnitude").isLessThanOrEqualTo(1f);
  }

  /** The largest there were. */
  private static final class Errors {
    double absolute;
    double relative;
    double sigmoid;
    float largest;

    void add(float[] numbers, float[] found) {
      for (int i = 0; i < numbers.length; i++) {
        double expected = StrictMath.tanh(numbers[i]);
        double error = Math.abs(found[i] - expected);
        absolute = Math.max(absolute, error);
        if (Math.abs(numbers[i]) >= Float.MIN_NORMAL) {
          relative = Math.max(relative, error / Math.abs(expected));
        }
        // Of half a number's tanh the number's logistic function, as the cells make it.
        float logistic = Math.fma(found[i], 0.5f, 0.5f);
        sigmoid = Math.max(sigmoid, Math.abs(logistic - (0.5 * expected + 0.5)));
        largest = Math.max(largest, Math.abs(found[i]));
      }
    }
  }

  @Test
  void keeps_nan_and_bounds_infinity() {
    assertThat(tanh(Float.NaN)).isNaN();
    assertThat(tanh(-Float.NaN)).isNaN();
    assertThat(tanh(Float.intBitsToFloat(0x7f80_0001))).isNaN();
    assertThat(tanh(Float.intBitsToFloat(-1))).isNaN();
    assertThat(tanh(Float.POSITIVE_INFINITY)).isBetween((float) (1 - BOUND), 1f);
    assertThat(tanh(Float.NEGATIVE_INFINITY)).isBetween(-1f, (float) (BOUND - 1));
    assertThat(tanh(Float.MAX_VALUE)).isEqualTo(tanh(8f));
  }

  @Test
  void is_odd() {
    assertThat(tanh(0f)).isZero();
    assertThat(Float.floatToRawIntBits(tanh(-0f))).isEqualTo(Integer.MIN_VALUE);
    assertThat(tanh(-0.3f)).isEqualTo(-tanh(0.3f));
    assertThat(tanh(1e-30f)).isEqualTo(1e-30f);
  }

  private static float tanh(float x) {
    float[] block = new float[Lanes.LENGTH];
    Arrays.fill(block, x);
    return tanh(block)[Lanes.LENGTH - 1];
  }

  private static float[] tanh(float[] block) {
    float[] result = new float[Lanes.LENGTH];
    VectorTanh.apply(block, 0, result, 0, Lanes.LENGTH);
    return result;
  }
}
