package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.model.encoding.Periods;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * Scores one version's forecasts as their actuals arrive, beside persistence: by the rule of {@link
 * Periods#late}, as a backtest and calibration do. Within one period only the first forecast is
 * kept, so that no more wait than the farthest horizon has periods.
 */
final class ForecastScorer {
  private final Forecast shape;
  private final int[] horizons;
  private final int[] places; // [targets] among the deployment's; -1: no longer one of them
  private final double[] levels; // [quantiles]
  private final int median;
  private final boolean byTime;
  private final long step; // ms, or 1 observation
  private final int capacity; // forecasts of a lane

  /** Scores forecasts of {@code shape} against what the deployment's targets turn out to be. */
  ForecastScorer(Forecast shape, List<String> targets) {
    this.shape = shape;
    this.horizons = shape.horizons().stream().mapToInt(Integer::intValue).toArray();
    this.places = shape.targets().stream().mapToInt(targets::indexOf).toArray();
    this.levels = shape.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    this.median = shape.quantiles().indexOf(0.5);
    this.byTime = shape.intervalMillis() > 0;
    this.step = byTime ? shape.intervalMillis() : 1;
    this.capacity = Collections.max(shape.horizons()) + 2;
  }

  int columns() {
    return places.length * horizons.length;
  }

  /** A key's clock was set back: what waits for a time that is not to come is given up. */
  void setBack(Lane lane) {
    if (byTime) {
      lane.giveUp();
    }
  }

  /**
   * Scores what the current observation is the actual of.
   *
   * @param time of the observation
   * @param number of the observation among its key's
   * @param actuals [targets of the deployment] NaN where unobserved
   * @return how many were scored
   */
  int settle(
      Lane lane,
      long time,
      long number,
      double[] actuals,
      PendingForecasts pending,
      WindowSums sums)
      throws Exception {
    long clock = byTime ? time : number;
    int scored = 0;
    for (int horizon = 0; horizon < horizons.length; horizon++) {
      Read read = new Read(pending);
      for (int target = 0; target < places.length; target++) {
        double actual = places[target] < 0 ? Double.NaN : actuals[places[target]];
        scored += settle(lane, target, horizon, clock, actual, read, sums);
      }
    }
    return scored;
  }

  /** The forecast that was read last: targets mostly ask for the same. */
  private final class Read {
    private final PendingForecasts pending;
    private long place = -1;
    private ByteBuffer forecast = ByteBuffer.allocate(0);

    Read(PendingForecasts pending) {
      this.pending = pending;
    }

    ByteBuffer at(Lane lane, long number) throws Exception {
      long wanted = place(lane, number);
      if (wanted != place) {
        forecast = ByteBuffer.wrap(pending.get(wanted));
        place = wanted;
      }
      return forecast;
    }
  }

  private int settle(
      Lane lane, int target, int horizon, long clock, double actual, Read read, WindowSums sums)
      throws Exception {
    int column = target * horizons.length + horizon;
    int scored = 0;
    while (lane.heads[column] < lane.next) {
      long number = lane.heads[column];
      ByteBuffer forecast = read.at(lane, number);
      long late = Periods.late(clock - forecast.getLong(0), horizons[horizon], step);
      if (late < 0 || (late == 0 && !Double.isFinite(actual))) {
        return scored;
      }
      lane.heads[column]++;
      double naive = forecast.getDouble(Long.BYTES * (1 + target));
      if (late == 0 && !Double.isNaN(naive)) {
        score(forecast, column, actual, naive, sums, lane.isEarly(number));
        scored++;
      }
    }
    return scored;
  }

  private void score(
      ByteBuffer forecast,
      int column,
      double actual,
      double naive,
      WindowSums sums,
      boolean early) {
    int at = Long.BYTES * (1 + places.length + column * levels.length);
    double error = actual - forecast.getDouble(at + Long.BYTES * median);
    double low = forecast.getDouble(at);
    double high = forecast.getDouble(at + Long.BYTES * (levels.length - 1));
    double covered = low <= actual && actual <= high ? 1 : 0;
    sums.add(column, ForecastFigure.COUNT, 1);
    sums.add(column, ForecastFigure.ABSOLUTE, Math.abs(error));
    sums.add(column, ForecastFigure.SQUARED, error * error);
    sums.add(column, ForecastFigure.PINBALL, pinball(forecast, at, actual));
    sums.add(column, ForecastFigure.COVERED, covered);
    sums.add(column, ForecastFigure.WIDTH, high - low);
    sums.add(column, ForecastFigure.PERSISTENCE_ABSOLUTE, Math.abs(actual - naive));
    sums.add(column, ForecastFigure.PERSISTENCE_SQUARED, (actual - naive) * (actual - naive));
    if (early) {
      sums.add(column, ForecastFigure.EARLY_COUNT, 1);
      sums.add(column, ForecastFigure.EARLY_ABSOLUTE, Math.abs(error));
      sums.add(column, ForecastFigure.EARLY_COVERED, covered);
    }
  }

  private double pinball(ByteBuffer forecast, int at, double actual) {
    double pinball = 0;
    for (int quantile = 0; quantile < levels.length; quantile++) {
      double above = actual - forecast.getDouble(at + Long.BYTES * quantile);
      pinball += Math.max(levels[quantile] * above, (levels[quantile] - 1) * above) / levels.length;
    }
    return pinball;
  }

  /**
   * Keeps the forecast made after the current observation.
   *
   * @param last [targets of the deployment] the last actuals, this observation's included
   * @return whether it is kept; not where its period has one, or as many wait as may
   */
  boolean follow(
      Lane lane, long time, long number, double[] last, double[] values, PendingForecasts pending)
      throws Exception {
    long clock = byTime ? time : number;
    long oldest = lane.oldest();
    boolean waits = oldest < lane.next;
    long periods = Periods.nearest(clock - lane.lastClock, step);
    if (lane.next - oldest == capacity || (waits && periods < 1)) {
      return false;
    }
    ByteBuffer forecast = ByteBuffer.allocate(Long.BYTES * (1 + places.length + values.length));
    forecast.putLong(clock);
    for (int place : places) {
      forecast.putDouble(place < 0 ? Double.NaN : last[place]);
    }
    for (double value : values) {
      forecast.putDouble(value);
    }
    pending.put(place(lane, lane.next), forecast.array());
    // By whole periods: else a key between whose observations lies no whole number of them would
    // fill what may wait, and be followed at the same times of day for ever.
    lane.lastClock = waits ? lane.lastClock + periods * step : clock;
    lane.next++;
    return true;
  }

  /** Removes all of a lane that is given up. */
  void remove(Lane lane, PendingForecasts pending) throws Exception {
    for (int slot = 0; slot < Math.min(capacity, lane.next); slot++) {
      pending.remove((long) lane.number << Integer.SIZE | slot);
    }
  }

  private long place(Lane lane, long number) {
    return (long) lane.number << Integer.SIZE | number % capacity;
  }

  Forecast shape() {
    return shape;
  }
}
