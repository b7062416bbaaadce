package dev.eddy.connectors.event;

import java.io.Serializable;
import java.util.List;

/** What a prediction's values mean, and which model version made them. */
public sealed interface PredictionShape extends Serializable {
  /** The model version, {@code name@7}. */
  String model();

  /** How many values a prediction of this shape has. */
  int size();

  /**
   * Quantiles per horizon: value {@code h * quantiles.size() + q}.
   *
   * @param model the model version
   * @param horizons ascending
   * @param quantiles ascending levels
   * @param intervalMillis distance of regular observations; 0 where horizons count observations and
   *     the target's time is unknown
   */
  record Forecast(String model, List<Integer> horizons, List<Double> quantiles, long intervalMillis)
      implements PredictionShape {
    public Forecast {
      horizons = List.copyOf(horizons);
      quantiles = List.copyOf(quantiles);
    }

    @Override
    public int size() {
      return horizons.size() * quantiles.size();
    }
  }

  /**
   * A probability for each label.
   *
   * @param model the model version
   * @param labels in the order of the values
   */
  record Classes(String model, List<String> labels) implements PredictionShape {
    public Classes {
      labels = List.copyOf(labels);
    }

    @Override
    public int size() {
      return labels.size();
    }
  }
}
