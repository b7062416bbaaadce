package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds how well a model did, beside the naive ways. One of the two lists is empty; both are where
 * nothing was scored.
 *
 * @param forecasts of each key by target and horizon, then of all keys together
 * @param classes of each key, then of all keys together
 */
public record Evaluation(List<ForecastScore> forecasts, List<ClassScore> classes) {
  public Evaluation {
    forecasts = List.copyOf(forecasts);
    classes = List.copyOf(classes);
  }

  /** Nothing scored. */
  public static Evaluation none() {
    return new Evaluation(List.of(), List.of());
  }

  /**
   * The scores of forecasts. Where keys differ in scale, those of all keys together are free of it:
   * what has the target's unit is NaN.
   */
  public static Evaluation of(ForecastTally tally) {
    List<ForecastScore> all = new ArrayList<>(tally.perKey());
    Map<String, Double> unlike = Scales.unlike(all);
    for (ForecastScore pooled : tally.pooled()) {
      all.add(unlike.containsKey(pooled.target()) ? pooled.freeOfScale() : pooled);
    }
    return new Evaluation(all, List.of());
  }

  /** The scores of classifications. */
  public static Evaluation of(ClassTally tally) {
    List<ClassScore> all = new ArrayList<>(tally.perKey());
    if (!all.isEmpty()) {
      all.add(tally.pooled());
    }
    return new Evaluation(List.of(), all);
  }

  /**
   * By how many times keys differ in scale, of each target where that is too much for one error of
   * all of them.
   */
  public Map<String, Double> unlikeScales() {
    return Scales.unlike(forecastsOfKeys());
  }

  /** Whether anything was scored. */
  public boolean isEmpty() {
    return forecasts.isEmpty() && classes.isEmpty();
  }

  /** The forecasts' scores of all keys together, by target and horizon. */
  public List<ForecastScore> pooledForecasts() {
    return forecasts.stream().filter(ForecastScore::isPooled).toList();
  }

  /** The forecasts' scores of each key, by key, target and horizon. */
  public List<ForecastScore> forecastsOfKeys() {
    return forecasts.stream().filter(score -> !score.isPooled()).toList();
  }

  /** The mean over all horizons of each key and target, all keys together among them. */
  public List<ForecastScore> horizonMeans() {
    Map<List<String>, List<ForecastScore>> groups = new LinkedHashMap<>();
    for (ForecastScore score : forecasts) {
      groups
          .computeIfAbsent(List.of(score.key(), score.target()), unknown -> new ArrayList<>())
          .add(score);
    }
    return groups.values().stream().map(ForecastScore::mean).toList();
  }

  /** The classifications' score of all keys together. */
  public List<ClassScore> pooledClasses() {
    return classes.stream().filter(ClassScore::isPooled).toList();
  }

  /** The classifications' scores of each key. */
  public List<ClassScore> classesOfKeys() {
    return classes.stream().filter(score -> !score.isPooled()).toList();
  }
}
