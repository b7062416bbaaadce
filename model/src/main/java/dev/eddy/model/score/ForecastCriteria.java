package dev.eddy.model.score;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.ModelSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says which forecasts are scored, and beside which naive ones. A forecast has {@code [targets,
 * horizons, quantiles]} values.
 *
 * @param horizons ascending
 * @param quantiles ascending levels, 0.5 among them
 * @param interval the distance of regular observations; empty: horizons and seasons count
 *     observations
 * @param targets in the order of the forecast's values
 */
public record ForecastCriteria(
    List<Integer> horizons,
    List<Double> quantiles,
    Optional<Duration> interval,
    List<Target> targets) {

  /**
   * One target.
   *
   * @param name the feature's name
   * @param season P of the seasonal naive forecasts that scale the MASE; 1 for persistence
   * @param naive persistence first
   */
  public record Target(String name, int season, List<NaiveForecaster> naive) {
    public Target {
      naive = List.copyOf(naive);
      if (season < 1) {
        throw new IllegalArgumentException("season: " + season + " (must be 1 or more)");
      }
    }

    /**
     * A target beside persistence and the naive forecasts of {@code seasons}.
     *
     * @param season P of the MASE's scale; it is scored beside, too
     * @param baselines what the model's forecasts are residuals to, one for each horizon; a
     *     forecaster of its own unless it is one of the others
     */
    public static Target of(
        String name, int season, List<Integer> seasons, List<Baseline> baselines) {
      int horizons = baselines.size();
      SortedSet<Integer> all = new TreeSet<>(seasons);
      all.add(season);
      List<NaiveForecaster> naive = new ArrayList<>(List.of(NaiveForecaster.persistence(horizons)));
      for (int each : all) {
        if (each > 1) {
          naive.add(NaiveForecaster.seasonal(each, horizons));
        }
      }
      if (naive.stream().noneMatch(each -> each.baselines().equals(baselines))) {
        boolean linear = baselines.stream().anyMatch(Linear.class::isInstance);
        String called = linear ? NaiveForecaster.LINEAR_BASELINE : NaiveForecaster.BASELINE;
        naive.add(new NaiveForecaster(called, baselines));
      }
      return new Target(name, season, naive);
    }

    /** Every season that a naive forecaster or the scale reads, ascending. */
    List<Integer> seasons() {
      SortedSet<Integer> seasons = new TreeSet<>(List.of(season));
      naive.forEach(each -> each.baselines().forEach(found -> seasons.addAll(found.seasons())));
      return List.copyOf(seasons);
    }

    /** The naive forecasters' names, in order. */
    public List<String> naiveNames() {
      return naive.stream().map(NaiveForecaster::name).toList();
    }
  }

  public ForecastCriteria {
    horizons = List.copyOf(horizons);
    quantiles = List.copyOf(quantiles);
    targets = List.copyOf(targets);
    if (!quantiles.contains(0.5)) {
      throw new IllegalArgumentException("quantiles: " + quantiles + " (must hold 0.5)");
    }
  }

  /**
   * How the forecasts of a model are scored.
   *
   * @param season P of the MASE's scale; empty: each target's shortest season, 1 without one
   */
  public static ForecastCriteria of(ModelSpec spec, OptionalInt season) {
    return of(spec, season, List.of());
  }

  /**
   * The same beside further naive forecasts.
   *
   * @param season P of the MASE's scale; empty: the shortest season that is shown, so that models
   *     which were told others are scored by the same; 1 where none shows
   * @param shown seasons of each target that the model may know nothing of, as where it was told
   *     others; none for those of the model alone
   */
  public static ForecastCriteria of(ModelSpec spec, OptionalInt season, List<List<Integer>> shown) {
    Head.Forecast head = (Head.Forecast) spec.head();
    List<Target> targets = new ArrayList<>();
    for (int target = 0; target < head.targets().size(); target++) {
      List<Integer> seasons = spec.input().targets().get(target).seasons();
      int scale = season.orElse(shortest(shown.isEmpty() ? seasons : shown.get(target)));
      Head.TargetHead ofTarget = head.targets().get(target);
      SortedSet<Integer> all = new TreeSet<>(seasons);
      all.addAll(shown.isEmpty() ? List.of() : shown.get(target));
      targets.add(Target.of(ofTarget.name(), scale, List.copyOf(all), ofTarget.baselines()));
    }
    return new ForecastCriteria(
        head.horizons(), head.quantiles(), spec.input().interval(), targets);
  }

  private static int shortest(List<Integer> seasons) {
    return seasons.isEmpty() ? 1 : seasons.get(0);
  }

  /** Place of the median among the quantiles. */
  public int median() {
    return quantiles.indexOf(0.5);
  }

  /** Values of a forecast. */
  public int size() {
    return targets.size() * horizons.size() * quantiles.size();
  }
}
