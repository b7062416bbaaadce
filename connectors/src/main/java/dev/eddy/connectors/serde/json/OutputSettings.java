package dev.eddy.connectors.serde.json;

import java.io.Serializable;
import java.util.List;

/**
 * What of a prediction is written, and how; the YAML's {@code output:} block.
 *
 * @param horizons which of the model's horizons are written, ascending; default all. A model
 *     version that lacks one of them writes those that it has
 * @param format how a record is laid out; default {@code nested}
 */
public record OutputSettings(List<Integer> horizons, Format format) implements Serializable {

  /** How a record is laid out. Both begin with {@code key, time, model, partition, offset}. */
  public enum Format {
    /**
     * {@code forecasts: [{target, horizon, time, quantiles: {"0.1": …}}]}, where {@code target} is
     * left out when there is only one, and {@code time} where horizons count observations; or
     * {@code label} and {@code probabilities: {"rain": …}}.
     */
    NESTED,
    /**
     * Scalar fields only, for sinks that make a column of each: {@code "h1_q0.1": …} for each
     * horizon and quantile, {@code "temp_max_h1_q0.1": …} where there are several targets; or
     * {@code label} and {@code "p_rain": …} for each label.
     */
    FLAT
  }

  public static final Format DEFAULT_FORMAT = Format.NESTED;

  public OutputSettings {
    horizons = List.copyOf(horizons);
    for (int i = 0; i < horizons.size(); i++) {
      if (horizons.get(i) < 1 || (i > 0 && horizons.get(i) <= horizons.get(i - 1))) {
        throw new IllegalArgumentException(
            "output.horizons: " + horizons + " (must be ascending, each 1 or more)");
      }
    }
  }

  /** Everything, nested. */
  public static OutputSettings defaults() {
    return new OutputSettings(List.of(), DEFAULT_FORMAT);
  }

  /** Whether forecasts of this horizon are written. */
  boolean writes(int horizon) {
    return horizons.isEmpty() || horizons.contains(horizon);
  }
}
