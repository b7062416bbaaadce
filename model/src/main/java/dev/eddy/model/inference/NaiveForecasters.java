package dev.eddy.model.inference;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What anyone could say of one key's target without a model, online: the yardsticks of every
 * evaluation. The seasonal forecast at horizon h is the target last known at that phase, {@code y[t
 * + h - P * ceil(h / P)]}; before one is known it is the last value. Confined to one thread.
 */
public final class NaiveForecasters {
  private final TargetMemory memoryOfTarget;
  private final TargetBaseline[][] baselines; // [horizons, naive]
  private final double[] statistics;
  private final float[] memory;
  private final double[] differences;
  private final int scale; // place among the differences of the one that scales the MASE
  private boolean known; // whether the target of the last observation was observed

  /** Forecasters for a key, or for one after the other. */
  public NaiveForecasters(
      ForecastScoring.Target target, List<Integer> horizons, Optional<Duration> interval) {
    List<Integer> seasons = target.seasons();
    MemoryLayout layout = new MemoryLayout(1, List.of(seasons), 0, 0);
    memoryOfTarget =
        new TargetMemory(layout, 0, 0, seasons, interval.map(Duration::toMillis).orElse(0L));
    baselines = new TargetBaseline[horizons.size()][target.naive().size()];
    for (int horizon = 0; horizon < baselines.length; horizon++) {
      for (int naive = 0; naive < baselines[horizon].length; naive++) {
        baselines[horizon][naive] =
            TargetBaseline.of(
                target.naive().get(naive).baselines().get(horizon),
                horizons.get(horizon),
                memoryOfTarget);
      }
    }
    statistics = new double[layout.statisticsSize()];
    memory = new float[layout.memorySize()];
    differences = new double[1 + seasons.size()];
    scale = 1 + seasons.indexOf(target.season());
    begin();
  }

  /**
   * Takes in the key's next observation.
   *
   * @param actual the target, NaN where unobserved
   */
  public void observe(long time, float actual) {
    GapEncoder.count(time, statistics);
    memoryOfTarget.observe(time, actual, statistics, memory, differences);
    known = Float.isFinite(actual);
  }

  /** Forgets all: the next observation is a key's first. */
  public void begin() {
    Arrays.fill(statistics, 0);
    Arrays.fill(memory, Float.NaN);
    known = false;
  }

  /** How many there are. */
  public int count() {
    return baselines[0].length;
  }

  /** |y[t] - y[t-P]| of the last observation; NaN where one of the two is unknown. */
  double change() {
    return known ? Math.abs(differences[scale]) : Double.NaN;
  }

  /**
   * What they say after the last observation; NaN before any observed target.
   *
   * @param horizon its index
   * @param values [offset + naive] written
   */
  public void forecast(int horizon, float[] values, int offset) {
    for (int naive = 0; naive < baselines[horizon].length; naive++) {
      values[offset + naive] =
          (float) baselines[horizon][naive].value(Double.NaN, statistics, memory);
    }
  }
}
