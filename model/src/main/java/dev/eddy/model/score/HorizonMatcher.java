package dev.eddy.model.score;

import dev.eddy.model.encoding.Periods;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Brings the forecasts of one key together with the actuals they were made for, as these arrive;
 * this is what a horizon means, everywhere.
 *
 * <p>Without an interval, horizon h is the h-th next observation; where its target is unobserved
 * the forecast expires. With an interval, it is the time of the observation plus h intervals, and
 * the first observed target within half an interval of it is its actual (half an interval late is
 * within, half an interval early is not); the forecast expires when that time has passed.
 *
 * <p>Holds as many forecasts as are pending; confined to one thread.
 */
public final class HorizonMatcher {
  private final int[] horizons;
  private final int width;
  private final long step; // ms, or 1 observation
  private final boolean byTime;

  private int capacity = 8;
  private long[] times = new long[capacity]; // [capacity] of origins
  private long[] clocks = new long[capacity]; // [capacity] of origins: ms, or observations
  private double[] values; // [capacity, horizons, width]
  private final long[] heads; // [horizons] sequence number of the oldest pending forecast
  private long first; // sequence number of the oldest forecast kept
  private long next; // sequence number of the next forecast

  private long observations;
  private long lastTime;
  private long lastClock;

  /** Receives forecasts with their actuals. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One forecast has met its actual.
     *
     * @param horizon index of the horizon
     * @param originTime event time of the observation after which the forecast was made
     * @param targetTime event time of the actual
     * @param values [offset + width] the forecast for this horizon; valid during the call only
     */
    void matched(
        int horizon, long originTime, long targetTime, double actual, double[] values, int offset);
  }

  /**
   * A matcher for one key.
   *
   * @param width numbers that a forecast has for each horizon
   */
  public HorizonMatcher(List<Integer> horizons, Optional<Duration> interval, int width) {
    this.horizons = horizons.stream().mapToInt(Integer::intValue).toArray();
    this.width = width;
    this.byTime = interval.isPresent();
    this.step = interval.map(Duration::toMillis).orElse(1L);
    this.values = new double[capacity * this.horizons.length * width];
    this.heads = new long[this.horizons.length];
  }

  /**
   * Takes in the key's next observation, whether or not a forecast follows it.
   *
   * @param actual the target, NaN where unobserved
   * @param listener told of every forecast that this actual belongs to
   */
  public void observe(long time, double actual, Listener listener) {
    lastTime = time;
    lastClock = byTime ? time : observations;
    observations++;
    for (int horizon = 0; horizon < horizons.length; horizon++) {
      settle(horizon, actual, listener);
    }
    first = Arrays.stream(heads).min().orElse(next);
  }

  private void settle(int horizon, double actual, Listener listener) {
    while (heads[horizon] < next) {
      int place = place(heads[horizon]);
      long periodsLate = Periods.late(lastClock - clocks[place], horizons[horizon], step);
      boolean here = periodsLate == 0;
      if (periodsLate < 0 || (here && !Double.isFinite(actual))) {
        return;
      }
      heads[horizon]++;
      if (here) {
        int offset = (place * horizons.length + horizon) * width;
        listener.matched(horizon, times[place], lastTime, actual, values, offset);
      }
    }
  }

  /**
   * Keeps the forecast made after the last observation until its actuals arrive.
   *
   * @param forecast [horizons, width] copied
   */
  public void forecast(double[] forecast) {
    if (next - first == capacity) {
      grow();
    }
    int place = place(next++);
    times[place] = lastTime;
    clocks[place] = lastClock;
    int size = horizons.length * width;
    System.arraycopy(forecast, 0, values, place * size, size);
  }

  /** h of the horizon with this index. */
  int horizon(int index) {
    return horizons[index];
  }

  /** Forecasts that still wait for an actual. */
  int pending() {
    return (int) (next - first);
  }

  private int place(long sequence) {
    return (int) (sequence % capacity);
  }

  private void grow() {
    int size = horizons.length * width;
    long[] newTimes = new long[2 * capacity];
    long[] newClocks = new long[2 * capacity];
    double[] newValues = new double[2 * capacity * size];
    for (long sequence = first; sequence < next; sequence++) {
      int from = place(sequence);
      int to = (int) (sequence % (2L * capacity));
      newTimes[to] = times[from];
      newClocks[to] = clocks[from];
      System.arraycopy(values, from * size, newValues, to * size, size);
    }
    times = newTimes;
    clocks = newClocks;
    values = newValues;
    capacity = 2 * capacity;
  }
}
