package dev.eddy.connectors.event;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/** What a prediction's values mean, and which model version made them. */
public sealed interface PredictionShape extends Serializable {
  /** The model version, {@code name@7}. */
  String model();

  /** How many values a prediction of this shape has. */
  int size();

  /** A quantile's level as records name it, {@code 0.1}. */
  static String level(double quantile) {
    return new BigDecimal(Double.toString(quantile)).toPlainString();
  }

  /**
   * Quantiles per target and horizon: value {@code (t * horizons.size() + h) * quantiles.size() +
   * q}.
   *
   * @param model the model version
   * @param targets names of what is forecast; records do not name the only one, so that it reads
   *     back as the empty name
   * @param horizons ascending
   * @param quantiles ascending levels
   * @param intervalMillis distance of regular observations; 0 where horizons count observations and
   *     the target's time is unknown
   */
  record Forecast(
      String model,
      List<String> targets,
      List<Integer> horizons,
      List<Double> quantiles,
      long intervalMillis)
      implements PredictionShape {
    public Forecast {
      targets = List.copyOf(targets);
      horizons = List.copyOf(horizons);
      quantiles = List.copyOf(quantiles);
    }

    @Override
    public int size() {
      return targets.size() * horizons.size() * quantiles.size();
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

    /** The most probable label, of equals the first. */
    public String best(double[] probabilities) {
      int best = 0;
      for (int i = 1; i < probabilities.length; i++) {
        best = probabilities[i] > probabilities[best] ? i : best;
      }
      return labels.get(best);
    }
  }
}
