package dev.eddy.benchmarks.kernel;

import java.util.SplittableRandom;

/** Numbers to compute with. */
final class RandomFloats {
  private RandomFloats() {}

  /** Uniform within ±{@code bound}, always the same. */
  static float[] uniform(int size, double bound) {
    SplittableRandom random = new SplittableRandom(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }
}
