package dev.eddy.model.encoding;

import java.util.Arrays;

/**
 * Holds what an encoder remembers of one key, as flat arrays so that it can be stored without
 * knowing the model; laid out by {@link MemoryLayout}. Mutable; owned by whoever steps the key.
 */
public final class KeyMemory {
  private final double[] statistics;
  private final double[] values;

  /**
   * Wraps the arrays without copying them.
   *
   * @param statistics running sums of the key's raw inputs
   * @param values last values, and rings of past and future ones
   */
  public KeyMemory(double[] statistics, double[] values) {
    this.statistics = statistics;
    this.values = values;
  }

  /** Of a key before its first observation: all sums 0, all values unknown. */
  static KeyMemory fresh(MemoryLayout layout) {
    double[] values = new double[layout.valuesSize()];
    Arrays.fill(values, Double.NaN);
    return new KeyMemory(new double[layout.statisticsSize()], values);
  }

  /** Running sums of the key's raw inputs; not a copy. */
  public double[] statistics() {
    return statistics;
  }

  /** Last values, and rings of past and future ones; not a copy. */
  public double[] values() {
    return values;
  }

  /** A copy that shares no array with this. */
  public KeyMemory copy() {
    return new KeyMemory(statistics.clone(), values.clone());
  }
}
