package dev.eddy.model.encoding;

/** Counts time in whole intervals; an instant belongs to the interval whose centre is nearest. */
public final class Periods {
  private Periods() {}

  /**
   * The whole number of intervals nearest to {@code elapsed}; a half counts to the earlier one.
   *
   * @param elapsed any unit, may be negative
   * @param interval same unit, 1 or more
   */
  public static long nearest(long elapsed, long interval) {
    return Math.floorDiv(elapsed + (interval - 1) / 2, interval);
  }

  /**
   * How many whole periods after its time the actual of a forecast would be; below 0 while it is
   * still to come, 0 where it is due.
   *
   * @param elapsed since the forecast was made
   * @param horizon of the forecast, in intervals
   */
  public static long late(long elapsed, int horizon, long interval) {
    return nearest(elapsed - horizon * interval, interval);
  }
}
