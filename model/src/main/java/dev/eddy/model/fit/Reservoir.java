package dev.eddy.model.fit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A uniform sample of a stream of any length (Vitter 1985, algorithm R), for its quantiles. Takes
 * memory as it fills.
 */
final class Reservoir {
  private static final int FIRST_ROOM = 64;

  private final int capacity;
  private final SplittableRandom random;
  private float[] values;
  private long seen;

  Reservoir(int capacity, long seed) {
    this.capacity = capacity;
    this.values = new float[Math.min(capacity, FIRST_ROOM)];
    this.random = new SplittableRandom(seed);
  }

  void add(float value) {
    if (seen == values.length && seen < capacity) {
      values = Arrays.copyOf(values, (int) Math.min(capacity, 2 * seen));
    }
    long place = seen < capacity ? seen : random.nextLong(seen + 1);
    if (place < capacity) {
      values[(int) place] = value;
    }
    seen++;
  }

  boolean isEmpty() {
    return seen == 0;
  }

  /** Quantiles of what was seen, interpolated; NaN of nothing. */
  double[] quantiles(double... levels) {
    float[] sorted = Arrays.copyOf(values, (int) Math.min(seen, values.length));
    Arrays.sort(sorted);
    double[] quantiles = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      if (sorted.length == 0) {
        quantiles[i] = Double.NaN;
        continue;
      }
      double place = levels[i] * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      quantiles[i] = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
    return quantiles;
  }
}
