package dev.eddy.model.kernel.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.kernel.simd.VectorTanh;
import org.junit.jupiter.api.Test;

/** Every number's tanh is that of the vectors. */
class PlainTanhTest {
  private static final int COUNT = 4096;
  private static final int STRIDE =
      97; // of all floats every so manieth, in the order of their bits

  @Test
  void all_magnitudes_signs_and_nan_give_what_the_vectors_give() {
    long bits = Integer.MIN_VALUE;
    while (bits <= Integer.MAX_VALUE) {
      float[] values = new float[COUNT];
      for (int i = 0; i < COUNT; i++, bits += STRIDE) {
        values[i] = Float.intBitsToFloat((int) bits);
      }
      assertSame(values);
    }
  }

  @Test
  void around_zero_and_the_bounds_too() {
    float[] values = new float[COUNT];
    float[] middles = {0f, 8f, -0f, -8f};
    for (int i = 0; i < COUNT; i++) {
      int bits = Float.floatToRawIntBits(middles[i % 4]);
      values[i] = Float.intBitsToFloat(bits + (i / 4 - COUNT / 8));
    }
    values[0] = Float.NaN;
    values[1] = Float.POSITIVE_INFINITY;
    values[2] = Float.NEGATIVE_INFINITY;
    assertSame(values);
  }

  private static void assertSame(float[] values) {
    float[] vectors = new float[values.length];
    VectorTanh.apply(values, 0, vectors, 0, values.length);
    PlainTanh.apply(values, 0, values.length);
    assertThat(values).containsExactly(vectors);
  }
}
