package dev.eddy.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VectorTanhTest {
  private static final float BOUND = 3.1e-7f;

  @Test
  void isWithinItsBoundForEveryThousandthFloat() {
    float[] block = new float[Lanes.LENGTH];
    int next = 0;
    double worst = 0;
    double worstRelative = 0;
    for (int bits = 0; bits < Float.floatToIntBits(Float.POSITIVE_INFINITY); bits += 997) {
      block[next] = Float.intBitsToFloat(bits) * (bits % 2 == 0 ? 1 : -1);
      next = (next + 1) % block.length;
      if (next == 0) {
        float[] found = tanh(block);
        for (int lane = 0; lane < block.length; lane++) {
          double expected = StrictMath.tanh(block[lane]);
          double error = Math.abs(found[lane] - expected);
          worst = Math.max(worst, error);
          if (Math.abs(block[lane]) > Float.MIN_NORMAL) {
            worstRelative = Math.max(worstRelative, error / Math.abs(expected));
          }
          assertThat(Math.abs(found[lane])).isLessThanOrEqualTo(1f);
        }
      }
    }
    assertThat(worst).isPositive().isLessThan(BOUND);
    assertThat(worstRelative).isLessThan(BOUND);
  }

  @Test
  void keepsNanAndBoundsInfinity() {
    assertThat(tanh(Float.NaN)).isNaN();
    assertThat(tanh(-Float.NaN)).isNaN();
    assertThat(tanh(Float.intBitsToFloat(0x7f80_0001))).isNaN();
    assertThat(tanh(Float.intBitsToFloat(-1))).isNaN();
    assertThat(tanh(Float.POSITIVE_INFINITY)).isBetween(1 - BOUND, 1f);
    assertThat(tanh(Float.NEGATIVE_INFINITY)).isBetween(-1f, -1 + BOUND);
    assertThat(tanh(Float.MAX_VALUE)).isEqualTo(tanh(8f));
  }

  @Test
  void isOdd() {
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
