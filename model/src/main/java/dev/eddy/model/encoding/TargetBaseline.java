package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Lag;
import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.Head.Mean;
import java.util.ArrayList;
import java.util.List;

/** A baseline of a target at one horizon, ready to be read from what is remembered of a key. */
final class TargetBaseline {
  private static final int CURRENT = -1;
  private static final int BEFORE = -2;

  private final TargetMemory target;
  private final boolean linear;
  private final boolean last; // whether the last value is part of a mean
  private final Place[][] places; // [parts] in the order in which they are tried
  private final double[] weights; // [parts] of a linear baseline
  private final double[] levels; // of a linear baseline

  /**
   * Where a value lies.
   *
   * @param ring of its season, or {@link #CURRENT} or {@link #BEFORE}
   * @param ahead phases from the present one, 0 or more, less than the season
   */
  private record Place(int ring, int ahead) {}

  private TargetBaseline(Mean mean, int horizon, TargetMemory target) {
    this.target = target;
    linear = false;
    last = mean.last();
    places = new Place[mean.seasons().size()][];
    for (int part = 0; part < places.length; part++) {
      int season = mean.seasons().get(part);
      Place ring = new Place(target.ring(season), horizon % season);
      places[part] =
          ring.ahead == 0 ? new Place[] {new Place(CURRENT, 0), ring} : new Place[] {ring};
    }
    weights = new double[0];
    levels = new double[0];
  }

  private TargetBaseline(Linear baseline, TargetMemory target) {
    this.target = target;
    linear = true;
    last = true;
    places = new Place[baseline.lags().size()][];
    weights = new double[places.length];
    for (int part = 0; part < places.length; part++) {
      Lag lag = baseline.lags().get(part);
      places[part] = places(lag.periods(), baseline.seasons());
      weights[part] = lag.weight();
    }
    levels = baseline.levels().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Finds the parts of {@code baseline} at {@code horizon} in what is remembered of a target. */
  static TargetBaseline of(Baseline baseline, int horizon, TargetMemory target) {
    return baseline instanceof Linear linear
        ? new TargetBaseline(linear, target)
        : new TargetBaseline((Mean) baseline, horizon, target);
  }

  /** Where a past value lies, then where others of its phase do, nearer ones. */
  private Place[] places(int periods, List<Integer> seasons) {
    if (periods == 1) {
      return new Place[] {new Place(BEFORE, 0)};
    }
    List<Place> found = new ArrayList<>();
    seasons.stream()
        .filter(season -> season >= periods)
        .findFirst()
        .ifPresent(season -> found.add(new Place(target.ring(season), season - periods)));
    int reach = periods;
    for (int i = seasons.size() - 1; i >= 0; i--) {
      int season = seasons.get(i);
      if (season < reach) {
        int phase = reach % season;
        reach = phase == 0 ? season : phase;
        found.add(new Place(target.ring(season), season - reach));
      }
    }
    return found.toArray(Place[]::new);
  }

  /**
   * What it says of the key observed last.
   *
   * @param unknown what it says before any observed target
   */
  double value(double unknown, KeyMemory memory) {
    double lastValue = target.last(memory.values());
    if (Double.isNaN(lastValue)) {
      return unknown;
    }
    return linear ? weighted(lastValue, memory) : mean(lastValue, memory.values());
  }

  private double mean(double lastValue, double[] values) {
    double sum = last ? lastValue : 0;
    int known = last ? 1 : 0;
    for (Place[] place : places) {
      double value = read(place, values);
      if (!Double.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    return known > 0 ? sum / known : lastValue;
  }

  private double weighted(double lastValue, KeyMemory memory) {
    double sum = lastValue;
    for (int part = 0; part < places.length; part++) {
      double value = read(places[part], memory.values());
      if (!Double.isNaN(value)) {
        sum += weights[part] * (value - lastValue);
      }
    }
    for (int level = 0; level < levels.length; level++) {
      sum += levels[level] * (target.level(level, memory.statistics()) - lastValue);
    }
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum));
  }

  /** The first of some places that is known; NaN where none is. */
  private double read(Place[] tried, double[] values) {
    for (Place place : tried) {
      double value =
          switch (place.ring) {
            case CURRENT -> target.current(values);
            case BEFORE -> target.before(values);
            default -> target.seasonal(place.ring, place.ahead, values);
          };
      if (!Double.isNaN(value)) {
        return value;
      }
    }
    return Double.NaN;
  }
}
