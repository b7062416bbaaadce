package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import java.util.List;
import java.util.Optional;

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
   * Direct multi-horizon quantiles of the residual to a baseline, for one target or several; all
   * share the horizons and quantiles. Outputs are [targets, horizons, quantiles]: output {@code (t
   * * horizons + h) * quantiles + q} is added to target {@code t}'s {@code residualQuantiles} of
   * index {@code h * quantiles + q}, multiplied by the key's residual unit of that target and added
   * to the target's baseline of horizon {@code h}; then each horizon's quantiles are sorted. A
   * column is one target at one horizon, number {@code t * horizons + h}.
   *
   * @param horizons ascending, each 1 or more
   * @param quantiles ascending levels within (0, 1); 0.5 is always among them
   *     <p>The outputs after a key's n-th observation count {@code (n - 1) / (n - 1 + warmUp)}: a
   *     new key begins as its baseline, because the network has not seen yet what it deviates from.
   * @param targets what is forecast, in the order of the input encoding's targets; one or more
   * @param warmUp observations of a key after which the network's outputs count half; 0: after the
   *     first one they count whole
   * @param calibration what online calibration of the intervals starts from; empty: intervals are
   *     served as the network says them
   */
  record Forecast(
      List<Integer> horizons,
      List<Double> quantiles,
      List<TargetHead> targets,
      int warmUp,
      Optional<Calibration> calibration)
      implements Head {
    public Forecast {
      horizons = List.copyOf(horizons);
      quantiles = List.copyOf(quantiles);
      targets = List.copyOf(targets);
      SpecCheck.notEmpty("head.horizons", horizons);
      SpecCheck.ascending("head.horizons", horizons, 1);
      SpecCheck.ascending("head.quantiles", quantiles, Double.MIN_VALUE);
      if (!quantiles.contains(0.5) || quantiles.get(quantiles.size() - 1) >= 1) {
        throw new IllegalArgumentException(
            "head.quantiles: " + quantiles + " (must lie between 0 and 1, 0.5 among them)");
      }
      SpecCheck.notEmpty("head.targets", targets);
      SpecCheck.distinct("head.targets", targets.stream().map(TargetHead::name).toList());
      for (TargetHead target : targets) {
        SpecCheck.size("head.baselines", target.baselines(), horizons.size());
        SpecCheck.size(
            "head.residualQuantiles",
            target.residualQuantiles(),
            horizons.size() * quantiles.size());
      }
      if (warmUp < 0) {
        throw new IllegalArgumentException("head.warmUp: " + warmUp + " (must be 0 or more)");
      }
      if (calibration.isPresent()) {
        Calibration found = calibration.get();
        int intervals = targets.size() * horizons.size() * pairs(quantiles);
        SpecCheck.size(
            "head.calibration.scores", found.scores(), intervals * found.levels().size());
      }
    }

    /** Without warm-up or calibration. */
    public Forecast(List<Integer> horizons, List<Double> quantiles, List<TargetHead> targets) {
      this(horizons, quantiles, targets, 0, Optional.empty());
    }

    /** The same with another warm-up. */
    public Forecast withWarmUp(int observations) {
      return new Forecast(horizons, quantiles, targets, observations, calibration);
    }

    /** The same with calibration, or without. */
    public Forecast withCalibration(Optional<Calibration> found) {
      return new Forecast(horizons, quantiles, targets, warmUp, found);
    }

    /**
     * Intervals of a column: pairs of quantiles equally far, by rank, from the median. A quantile
     * without a partner belongs to none.
     */
    public int pairs() {
      return pairs(quantiles);
    }

    private static int pairs(List<Double> quantiles) {
      int median = quantiles.indexOf(0.5);
      return Math.min(median, quantiles.size() - 1 - median);
    }

    /** C, pairs of a target and a horizon. */
    public int columns() {
      return targets.size() * horizons.size();
    }

    @Override
    public int outputSize() {
      return columns() * quantiles.size();
    }
  }

  /**
   * What the head knows of one target.
   *
   * @param name one of the numeric features
   * @param baselines one for each horizon
   * @param residualQuantiles [horizons * quantiles], of the training residuals in residual units,
   *     shifted so that the median is 0
   * @param unitPrior the residual unit to expect of a key of which nothing is known yet
   */
  record TargetHead(
      String name, List<Baseline> baselines, List<Float> residualQuantiles, UnitPrior unitPrior) {
    public TargetHead {
      baselines = List.copyOf(baselines);
      residualQuantiles = List.copyOf(residualQuantiles);
      if (!residualQuantiles.stream().allMatch(Float::isFinite)) {
        throw new IllegalArgumentException(
            "head.residualQuantiles: " + residualQuantiles + " (must be finite)");
      }
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
      SpecCheck.notEmpty("head.labels", labels);
      SpecCheck.distinct("head.labels", labels);
    }

    @Override
    public int outputSize() {
      return labels.size();
    }
  }

  /**
   * What a horizon's forecast is a residual to; made of the key's past target alone. Written
   * without a type it is a mean, as all were before there were others.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Mean.class)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Mean.class, name = "mean"),
    @JsonSubTypes.Type(value = Linear.class, name = "linear")
  })
  sealed interface Baseline {
    /** Season lengths whose past is read, ascending, each among the target's seasons. */
    List<Integer> seasons();

    /** The last observed target. */
    static Mean last() {
      return new Mean(true, List.of());
    }
  }

  /**
   * A naive forecast: the mean of the last value (if {@code last}) and of the target one season ago
   * for each of {@code seasons}: for {@code h > P} it is {@code y[t + h - P * ceil(h / P)]}.
   *
   * @param last whether the last observed target is part of the mean
   * @param seasons season lengths that are part of the mean, each among the target's seasons
   */
  record Mean(boolean last, List<Integer> seasons) implements Baseline {
    public Mean {
      seasons = List.copyOf(seasons);
      if (!last && seasons.isEmpty()) {
        throw new IllegalArgumentException("baseline: nothing (must be last or a season)");
      }
      SpecCheck.ascending("baseline.seasons", seasons, 1);
    }
  }

  /**
   * A linear forecast, the last value plus weighted distances of past values and of running levels
   * from it: {@code y[t] + sum w_i (y[t - l_i] - y[t]) + sum v_j (level_j - y[t])}. It has no
   * constant, so it holds for keys of any magnitude. A past value that is not known yet is taken
   * from the same phase of a shorter season; where there is none, its distance is 0, and so is that
   * of the value before the last where the period before had none.
   *
   * @param seasons season lengths whose past is read
   * @param lags past values with their weights, none further back than the longest season; the
   *     value before the last needs none
   * @param levels weight of the running mean of the target over each span of {@link #LEVEL_SPANS}
   */
  record Linear(List<Integer> seasons, List<Lag> lags, List<Double> levels) implements Baseline {
    /** Observations over which the running levels of a target forget, in the order of weights. */
    public static final List<Integer> LEVEL_SPANS = List.of(8, 128);

    public Linear {
      seasons = List.copyOf(seasons);
      lags = List.copyOf(lags);
      levels = List.copyOf(levels);
      SpecCheck.ascending("baseline.seasons", seasons, 1);
      SpecCheck.size("baseline.levels", levels, LEVEL_SPANS.size());
      int furthest = seasons.isEmpty() ? 1 : seasons.get(seasons.size() - 1);
      for (Lag lag : lags) {
        if (lag.periods() > furthest) {
          throw new IllegalArgumentException(
              "baseline.lags: " + lag.periods() + " (must be within the seasons " + seasons + ")");
        }
      }
      if (!levels.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("baseline.levels: " + levels + " (must be finite)");
      }
    }
  }

  /**
   * A past value of a linear baseline.
   *
   * @param periods how far back, 1 or more
   * @param weight of its distance from the last value
   */
  record Lag(int periods, double weight) {
    public Lag {
      if (periods < 1 || !Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "baseline.lags: "
                + periods
                + " weighing "
                + weight
                + " (must be 1 or more, weighing a finite number)");
      }
    }
  }

  /**
   * The residual unit to expect of a key before its own is known, {@code constant + perMagnitude *
   * (the key's mean |target| so far)}; worth 10 observations. Where the keys of the training part
   * have like units, {@code constant} alone says it best; where their magnitudes differ by orders,
   * {@code perMagnitude} alone does.
   *
   * @param constant in the target's unit, 0 or more
   * @param perMagnitude share of the key's mean absolute target, 0 or more
   * @param bySpread whether the unit is kept above a share of how far the key's values spread, so
   *     that it does not matter where they lie; not so of models before there was a choice, which
   *     keep it above a share of their magnitude
   */
  @JsonDeserialize(builder = UnitPrior.Builder.class)
  record UnitPrior(
      double constant,
      double perMagnitude,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bySpread) {
    public UnitPrior {
      SpecCheck.notNegative("head.unitPrior.constant", constant);
      SpecCheck.notNegative("head.unitPrior.perMagnitude", perMagnitude);
    }

    /** Of a model whose units are kept above a share of the magnitude. */
    public UnitPrior(double constant, double perMagnitude) {
      this(constant, perMagnitude, false);
    }

    /** Reads a prior from JSON, where the choice may be absent. */
    @JsonPOJOBuilder
    static final class Builder {
      private final double constant;
      private final double perMagnitude;
      private boolean bySpread;

      Builder(
          @JsonProperty("constant") double constant,
          @JsonProperty("perMagnitude") double perMagnitude) {
        this.constant = constant;
        this.perMagnitude = perMagnitude;
      }

      Builder withBySpread(boolean newBySpread) {
        this.bySpread = newBySpread;
        return this;
      }

      UnitPrior build() {
        return new UnitPrior(constant, perMagnitude, bySpread);
      }
    }
  }
}
