package dev.eddy.connectors.serde.json;

import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** What of a prediction is written, and how. */
@Block("output")
public record OutputSettings(
    @Setting(
            about =
                "which of `model.horizons` are written, `[]` for all; a model version that lacks"
                    + " one of them writes those that it has",
            byDefault = "[]",
            least = "1",
            most = "10000",
            ascending = true)
        List<Integer> horizons,
    @Setting(
            about =
                "how a record is laid out: `nested`, or `flat` with scalar fields only, for sinks"
                    + " that make a column of each",
            byDefault = "nested")
        Format format,
    @Setting(
            about =
                "in what it is written: `json`, `avro` (the body alone) or `avro-confluent` (after"
                    + " the id of its schema in the registry), of the schema that `eddy schema` prints",
            byDefault = "json")
        RecordEncoding encoding)
    implements Serializable {

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

  public OutputSettings {
    horizons = List.copyOf(horizons);
    Settings.check(OutputSettings.class, horizons, format, encoding);
  }

  /** Written in JSON. */
  public OutputSettings(List<Integer> horizons, Format format) {
    this(horizons, format, RecordEncoding.JSON);
  }

  /** Everything, nested. */
  public static OutputSettings defaults() {
    return Settings.of(OutputSettings.class, Map.of());
  }

  /** Whether forecasts of this horizon are written. */
  public boolean writes(int horizon) {
    return horizons.isEmpty() || horizons.contains(horizon);
  }
}
