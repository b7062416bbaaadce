package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head.Baseline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts what baselines say of one key's target after each of its observations, and nothing of
 * its other features: they remember as an encoder that serves does. Confined to one thread.
 */
public final class BaselineForecasters {
  private final TargetMemory target;
  private final TargetBaseline[][] baselines; // [horizons][baselines of the horizon]
  private final MemoryLayout layout;
  private KeyMemory memory;
  private final double[] differences; // [1 + seasons]

  /**
   * Forecasters for a key, or for one after the other.
   *
   * @param seasons ascending, those that the baselines read among them
   * @param baselines of each of {@code horizons}
   * @param interval the distance of regular observations; empty: periods count observations
   */
  public BaselineForecasters(
      List<Integer> seasons,
      List<Integer> horizons,
      List<List<Baseline>> baselines,
      Optional<Duration> interval) {
    layout = new MemoryLayout(1, List.of(seasons), 0, 0);
    target = new TargetMemory(layout, 0, 0, seasons, interval.map(Duration::toMillis).orElse(0L));
    this.baselines = new TargetBaseline[horizons.size()][];
    for (int horizon = 0; horizon < horizons.size(); horizon++) {
      int steps = horizons.get(horizon);
      this.baselines[horizon] =
          baselines.get(horizon).stream()
              .map(baseline -> TargetBaseline.of(baseline, steps, target))
              .toArray(TargetBaseline[]::new);
    }
    differences = new double[1 + seasons.size()];
    memory = KeyMemory.fresh(layout);
  }

  /** Forgets all: the next observation is a key's first. */
  public void begin() {
    memory = KeyMemory.fresh(layout);
  }

  /**
   * Takes in the key's next observation.
   *
   * @param actual the target, NaN where unobserved
   */
  public void observe(long time, double actual) {
    GapEncoder.count(time, memory.statistics());
    target.observe(time, actual, memory, differences);
  }

  /** The most baselines that a horizon has. */
  public int most() {
    return Arrays.stream(baselines).mapToInt(ofHorizon -> ofHorizon.length).max().orElse(0);
  }

  /**
   * What those of a horizon say after the last observation; NaN before any observed target.
   *
   * @param horizon its index
   * @param values [offset + baselines of the horizon] written
   */
  public void forecast(int horizon, double[] values, int offset) {
    for (int baseline = 0; baseline < baselines[horizon].length; baseline++) {
      values[offset + baseline] = baselines[horizon][baseline].value(Double.NaN, memory);
    }
  }

  /** The last observation's target less the one a season before; NaN where that is unknown. */
  public double change(int season) {
    return differences[1 + season];
  }
}
