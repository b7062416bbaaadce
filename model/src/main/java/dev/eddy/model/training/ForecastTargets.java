package dev.eddy.model.training;

import dev.eddy.model.inference.HorizonMatcher;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For each of a key's observations, the actual that a forecast made there would meet at each
 * horizon. What a horizon means is left to the {@link HorizonMatcher} that scores.
 */
final class ForecastTargets {
  private static final int LOW_BITS = 12; // a row number in two floats, each exact

  private final int horizons;
  private final float[] actuals; // [rows, horizons], NaN where none was observed
  private final long[] times; // [rows, horizons] of the actuals

  ForecastTargets(
      KeyHistory history, int target, List<Integer> horizons, Optional<Duration> interval) {
    this.horizons = horizons.size();
    this.actuals = new float[history.length() * this.horizons];
    this.times = new long[actuals.length];
    Arrays.fill(actuals, Float.NaN);
    HorizonMatcher matcher = new HorizonMatcher(horizons, interval, 2);
    float[] row = new float[2 * this.horizons];
    for (int i = 0; i < history.length(); i++) {
      matcher.observe(history.time(i), history.inputs().get(i).numeric()[target], this::matched);
      for (int h = 0; h < this.horizons; h++) {
        row[2 * h] = i >>> LOW_BITS;
        row[2 * h + 1] = i & ((1 << LOW_BITS) - 1);
      }
      matcher.forecast(row);
    }
  }

  private void matched(
      int horizon, long originTime, long targetTime, float actual, float[] values, int offset) {
    int row = ((int) values[offset] << LOW_BITS) + (int) values[offset + 1];
    actuals[row * horizons + horizon] = actual;
    times[row * horizons + horizon] = targetTime;
  }

  /** The actual of horizon number {@code horizon}; NaN if there is none. */
  float actual(int row, int horizon) {
    return actuals[row * horizons + horizon];
  }

  /** Event time of that actual, where there is one. */
  long time(int row, int horizon) {
    return times[row * horizons + horizon];
  }
}
