package dev.eddy.model.inference;

/** Counts time in whole intervals; an instant belongs to the interval whose centre is nearest. */
final class Periods {
  private Periods() {}

  /**
   * The whole number of intervals nearest to {@code elapsed}; a half counts to the earlier one.
   *
   * @param elapsed any unit, may be negative
   * @param interval same unit, 1 or more
   */
  static long nearest(long elapsed, long interval) {
    return Math.floorDiv(elapsed + (interval - 1) / 2, interval);
  }
}
