package dev.eddy.model.fit;

import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.score.HorizonMatcher;
import dev.eddy.settings.Require;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For each of a key's observations, the actual that a forecast of one target made there would meet
 * at each horizon. What a horizon means is left to the {@link HorizonMatcher} that scores.
 */
public final class ForecastTargets {
  private static final int MOST_ACTUALS = Integer.MAX_VALUE - 8; // of an array

  private final KeyHistory history;
  private final int target;
  private final int horizons;
  private final int[] rows; // [rows, horizons] of the actuals, -1 where none was observed
  private int row; // that is being observed

  public ForecastTargets(
      KeyHistory history, int target, List<Integer> horizons, Optional<Duration> interval) {
    this.history = history;
    this.target = target;
    this.horizons = horizons.size();
    long actuals = (long) history.length() * this.horizons;
    Require.that(
        actuals <= MOST_ACTUALS,
        "history: key " + history.key(),
        history.length() + " observations * " + this.horizons + " horizons",
        MOST_ACTUALS + " or less");
    this.rows = new int[(int) actuals];
    Arrays.fill(rows, -1);
    HorizonMatcher matcher = new HorizonMatcher(horizons, interval, 1);
    double[] origin = new double[this.horizons];
    for (row = 0; row < history.length(); row++) {
      matcher.observe(history.time(row), value(row), this::matched);
      Arrays.fill(origin, row); // a forecast that says where it was made
      matcher.forecast(origin);
    }
  }

  private void matched(
      int horizon, long originTime, long targetTime, double actual, double[] values, int offset) {
    int origin = (int) values[offset];
    rows[origin * horizons + horizon] = row;
  }

  private double value(int of) {
    return history.inputs().get(of).numeric()[target];
  }

  /** The actual of horizon number {@code horizon}; NaN if there is none. */
  public double actual(int origin, int horizon) {
    int found = rows[origin * horizons + horizon];
    return found < 0 ? Double.NaN : value(found);
  }

  /** Event time of that actual, where there is one. */
  public long time(int origin, int horizon) {
    return history.time(rows[origin * horizons + horizon]);
  }
}
