package dev.eddy.model.score;

import dev.eddy.model.encoding.BaselineForecasters;
import dev.eddy.model.spec.Head.Baseline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Forecasts what anyone could say of one key's target without a network, online: the yardsticks of
 * every evaluation. The seasonal forecast at horizon h is the target last known at that phase,
 * {@code y[t + h - P * ceil(h / P)]}; before one is known it is the last value. Confined to one
 * thread.
 */
final class NaiveForecasters {
  private final BaselineForecasters baselines;
  private final int scale; // index of the season that scales the MASE
  private boolean observed; // whether the target of the last observation was observed

  /** Forecasters for one key. */
  NaiveForecasters(
      ForecastCriteria.Target target, List<Integer> horizons, Optional<Duration> interval) {
    List<Integer> seasons = target.seasons();
    List<List<Baseline>> ofHorizons =
        IntStream.range(0, horizons.size())
            .mapToObj(
                horizon ->
                    target.naive().stream().map(naive -> naive.baselines().get(horizon)).toList())
            .toList();
    baselines = new BaselineForecasters(seasons, horizons, ofHorizons, interval);
    scale = seasons.indexOf(target.season());
  }

  /**
   * Takes in the key's next observation.
   *
   * @param actual the target, NaN where unobserved
   */
  void observe(long time, double actual) {
    baselines.observe(time, actual);
    observed = Double.isFinite(actual);
  }

  /** |y[t] - y[t-P]| of the last observation; NaN where one of the two is unknown. */
  double change() {
    return observed ? Math.abs(baselines.change(scale)) : Double.NaN;
  }

  /**
   * What they say after the last observation; NaN before any observed target.
   *
   * @param horizon its index
   * @param values [offset + naive] written
   */
  void forecast(int horizon, double[] values, int offset) {
    baselines.forecast(horizon, values, offset);
  }
}
