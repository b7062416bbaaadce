package dev.eddy.pipeline.evaluation.pending;

import java.util.Arrays;

/** Where the forecasts of one version stand that a key waits with. */
final class Lane {
  /** Predictions after a swap that are early. */
  static final int EARLY = 200;

  private static final long NEVER = -1;

  final int number; // among the key's lanes, as long as it lasts
  final long shape; // its number among the KnownVersions
  final boolean shadow;
  final long[] heads; // [targets * horizons] the oldest that waits
  long next; // the next forecast's number
  long lastClock; // of the newest
  long swapped = NEVER; // the first forecast after a swap

  Lane(int number, long shape, boolean shadow, int columns) {
    this.number = number;
    this.shape = shape;
    this.shadow = shadow;
    this.heads = new long[columns];
  }

  /** The oldest forecast that waits for any actual. */
  long oldest() {
    long oldest = next;
    for (long head : heads) {
      oldest = Math.min(oldest, head);
    }
    return oldest;
  }

  boolean waits() {
    return oldest() < next;
  }

  /** Gives up what waits. */
  void giveUp() {
    Arrays.fill(heads, next);
  }

  boolean isEarly(long forecast) {
    return swapped != NEVER && forecast >= swapped && forecast < swapped + EARLY;
  }
}
