package dev.eddy.model.score;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Mean;
import java.util.Collections;
import java.util.List;

/**
 * A forecast that needs no model, beside which one is scored.
 *
 * @param name as scores show it
 * @param baselines what it says at each horizon
 */
public record NaiveForecaster(String name, List<Baseline> baselines) {
  /** The last value, at every horizon. */
  static final String PERSISTENCE = "persistence";

  /** What the model's forecasts are residuals to. */
  public static final String BASELINE = "baseline";

  /** The same, where it is fitted at some horizon. */
  public static final String LINEAR_BASELINE = "linear baseline";

  public NaiveForecaster {
    baselines = List.copyOf(baselines);
  }

  /** Says the target last known at the horizon's phase of a season. */
  static NaiveForecaster seasonal(int season, int horizons) {
    return always("seasonal naive " + season, new Mean(false, List.of(season)), horizons);
  }

  /** Says the last value. */
  static NaiveForecaster persistence(int horizons) {
    return always(PERSISTENCE, Baseline.last(), horizons);
  }

  private static NaiveForecaster always(String name, Baseline baseline, int horizons) {
    return new NaiveForecaster(name, Collections.nCopies(horizons, baseline));
  }
}
