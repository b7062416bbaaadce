package dev.eddy.model.inference;

import dev.eddy.model.spec.Head.Baseline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What anyone could say without a model: the last value, and the value one season ago. Kept for one
 * key, online; the yardsticks of every evaluation. The seasonal forecast at horizon h is the target
 * last known at that phase, {@code y[t + h - P * ceil(h / P)]}; before one is known it is the last
 * value.
 */
public final class NaiveForecasters {
  private final TargetMemory target;
  private final Baseline baseline;
  private final double[] statistics;
  private final float[] memory;
  private final double[] differences = new double[2];

  /**
   * Forecasters for one key.
   *
   * @param season P, in observations or intervals, 1 or more; 1 makes both forecasters the same
   */
  public NaiveForecasters(int season, Optional<Duration> interval) {
    if (season < 1) {
      throw new IllegalArgumentException("season: " + season + " (must be 1 or more)");
    }
    MemoryLayout layout = new MemoryLayout(1, true, List.of(season));
    this.target =
        new TargetMemory(layout, 0, List.of(season), interval.map(Duration::toMillis).orElse(0L));
    this.baseline = new Baseline(false, List.of(season));
    this.statistics = new double[layout.statisticsSize()];
    this.memory = new float[layout.memorySize()];
    Arrays.fill(memory, Float.NaN);
  }

  /**
   * Takes in the key's next observation.
   *
   * @param actual the target, NaN where unobserved
   */
  public void observe(long time, float actual) {
    GapEncoder.count(time, statistics);
    target.observe(time, actual, statistics, memory, differences);
  }

  /** The last observed target, the forecast of persistence at every horizon; NaN before any. */
  public float last() {
    return target.last(memory);
  }

  /** The forecast of seasonal naive at {@code horizon}; NaN before any observed target. */
  public float seasonal(int horizon) {
    return (float) target.baseline(target.parts(baseline, horizon), Double.NaN, memory);
  }
}
