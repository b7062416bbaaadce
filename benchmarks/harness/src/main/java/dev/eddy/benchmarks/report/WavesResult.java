package dev.eddy.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code simd} SRU steps of keys with several observations each.
 *
 * @param together nanoseconds per row, all in one micro-batch
 * @param apart nanoseconds per row, one observation of each key in a micro-batch
 */
public record WavesResult(int hidden, double together, double apart) {
  /** Keys of a micro-batch. */
  public static final int KEYS = 64;

  /** Observations of a key. */
  public static final int WAVES = 8;

  /** How many times as fast one micro-batch is. */
  @JsonProperty
  double ratio() {
    return apart / together;
  }
}
