package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the network's outputs mean. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Head.Forecast.class, name = "forecast"),
  @JsonSubTypes.Type(value = Head.Classes.class, name = "classes")
})
public sealed interface Head {
  /** O, outputs of the network per step. */
  int outputSize();

  /**
   * Direct multi-horizon quantiles of the residual to a baseline. Output {@code h * quantiles + q}
   * is added to {@code residualQuantiles} of the same index, multiplied by the key's residual unit
   * and added to the baseline of horizon {@code h}; then each horizon's quantiles are sorted.
   *
   * @param horizons ascending, each 1 or more
   * @param quantiles ascending levels within (0, 1); 0.5 is always among them
   * @param baselines one for each horizon
   * @param residualQuantiles [horizons * quantiles], of the training residuals in residual units,
   *     shifted so that the median is 0
   * @param priorUnit the residual unit relative to the key's mean absolute target, worth {@code 10}
   *     observations of a new key
   */
  record Forecast(
      List<Integer> horizons,
      List<Double> quantiles,
      List<Baseline> baselines,
      List<Float> residualQuantiles,
      double priorUnit)
      implements Head {
    public Forecast {
      horizons = List.copyOf(horizons);
      quantiles = List.copyOf(quantiles);
      baselines = List.copyOf(baselines);
      residualQuantiles = List.copyOf(residualQuantiles);
    }

    @Override
    public int outputSize() {
      return horizons.size() * quantiles.size();
    }
  }

  /**
   * Softmax over labels, for every step.
   *
   * @param labels in output order
   */
  record Classes(List<String> labels) implements Head {
    public Classes {
      labels = List.copyOf(labels);
    }

    @Override
    public int outputSize() {
      return labels.size();
    }
  }

  /**
   * A naive forecast: the mean of the last value (if {@code last}) and of the target one season ago
   * for each of {@code seasons}: for {@code h > P} it is {@code y[t + h - P * ceil(h / P)]}.
   *
   * @param last whether the last observed target is part of the mean
   * @param seasons season lengths that are part of the mean, each among the target's seasons
   */
  record Baseline(boolean last, List<Integer> seasons) {
    public Baseline {
      seasons = List.copyOf(seasons);
      if (!last && seasons.isEmpty()) {
        throw new IllegalArgumentException("baseline: nothing (must be last or a season)");
      }
    }
  }
}
