package dev.eddy.model.inference;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Lag;
import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.Head.Mean;
import dev.eddy.model.spec.Head.UnitPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is remembered of a key's target: its last value, its values of the last season, its running
 * levels, and the size of its usual change. The rings are addressed by period: the count of
 * observations, or with an interval the distance in intervals from the key's first observation, so
 * that gaps do not shift the season. A slot keeps the last value known at its phase until a newer
 * one is known.
 *
 * <p>The target of the current period waits outside the rings and enters them when the next period
 * begins; so several observations within one interval all see the season before, not each other.
 * The period before is kept apart too, and unknown where it had no value: a slot of a ring may hold
 * an older value of its phase, which a season does not mind and a trend does. All state is in the
 * caller's arrays, laid out by {@link MemoryLayout}, but for the phases of the key observed last,
 * which spare divisions.
 */
final class TargetMemory {
  private static final double PRIOR_OBSERVATIONS = 10;
  private static final double MAGNITUDE_FLOOR = 0.02;
  private static final double[] LEVEL_RATES =
      Linear.LEVEL_SPANS.stream().mapToDouble(span -> 1.0 / span).toArray();

  private final int[] seasons;
  private final int[] rings; // [seasons] offsets into memory
  private final int[] phases; // [seasons] of the current period, for the key observed last
  private final long interval; // ms; 0: periods count observations
  private final int statisticsAt;
  private final int lastAt;
  private final int currentAt;
  private final int beforeAt;

  /**
   * A target with its place in the arrays.
   *
   * @param target its number among the targets
   * @param index its place among the numeric features
   * @param intervalMillis distance of regular observations; 0 where periods count observations
   */
  TargetMemory(
      MemoryLayout layout, int target, int index, List<Integer> seasons, long intervalMillis) {
    this.seasons = seasons.stream().mapToInt(Integer::intValue).toArray();
    this.rings = new int[this.seasons.length];
    this.phases = new int[this.seasons.length];
    for (int season = 0; season < rings.length; season++) {
      rings[season] = layout.ring(target, season);
    }
    this.interval = intervalMillis;
    this.statisticsAt = layout.target(target);
    this.lastAt = index;
    this.currentAt = layout.current(target);
    this.beforeAt = layout.before(target);
  }

  int seasons() {
    return seasons.length;
  }

  /**
   * Takes one observation in, which the common statistics have counted already.
   *
   * @param observed the target, NaN where unobserved
   * @param differences [1 + seasons] written: target minus the last one, then minus the one each
   *     season ago; an unobserved target counts as the last one; NaN where unknown
   */
  void observe(
      long time, float observed, double[] statistics, float[] memory, double[] differences) {
    beginPeriod(time, statistics, memory);
    boolean known = Float.isFinite(observed);
    float last = memory[lastAt];
    double value = known ? observed : last;
    differences[0] = value - last;
    for (int season = 0; season < seasons.length; season++) {
      differences[1 + season] = value - memory[slot(season, 0)];
    }
    if (known) {
      learn(value, differences[seasons.length == 0 ? 0 : 1], statistics);
      memory[lastAt] = observed;
      memory[currentAt] = observed;
    }
  }

  private void beginPeriod(long time, double[] statistics, float[] memory) {
    double period =
        interval > 0
            ? Periods.nearest(time - (long) statistics[MemoryLayout.FIRST_TIME], interval)
            : statistics[MemoryLayout.OBSERVATIONS] - 1;
    double before = statistics[statisticsAt + MemoryLayout.PERIOD];
    findPhases((long) before);
    if (period <= before) {
      return;
    }
    float closed = memory[currentAt];
    if (!Float.isNaN(closed)) {
      for (int season = 0; season < seasons.length; season++) {
        memory[slot(season, 0)] = closed;
      }
      memory[currentAt] = Float.NaN;
    }
    memory[beforeAt] = period - before == 1 ? closed : Float.NaN;
    statistics[statisticsAt + MemoryLayout.PERIOD] = period;
    movePhases((long) (period - before));
  }

  private void findPhases(long period) {
    for (int season = 0; season < seasons.length; season++) {
      phases[season] = (int) (period % seasons[season]);
    }
  }

  private void movePhases(long periods) {
    for (int season = 0; season < seasons.length; season++) {
      long phase = phases[season] + periods;
      phases[season] = (int) (phase < seasons[season] ? phase : phase % seasons[season]);
    }
  }

  private void learn(double value, double difference, double[] statistics) {
    statistics[statisticsAt + MemoryLayout.TARGETS]++;
    statistics[statisticsAt + MemoryLayout.MAGNITUDE] += Math.abs(value);
    double count = statistics[statisticsAt + MemoryLayout.TARGETS];
    for (int level = 0; level < LEVEL_RATES.length; level++) {
      int at = statisticsAt + MemoryLayout.LEVELS + level;
      statistics[at] += Math.max(LEVEL_RATES[level], 1 / count) * (value - statistics[at]);
    }
    if (!Double.isNaN(difference)) {
      statistics[statisticsAt + MemoryLayout.DIFFERENCES]++;
      statistics[statisticsAt + MemoryLayout.DIFFERENCE] += Math.abs(difference);
    }
  }

  private int slot(int season, int ahead) {
    int phase = phases[season] + ahead;
    return rings[season] + (phase < seasons[season] ? phase : phase - seasons[season]);
  }

  /** The target's last observed value, NaN before any. */
  float last(float[] memory) {
    return memory[lastAt];
  }

  /** The key's mean absolute target so far; 0 before any. */
  double magnitude(double[] statistics) {
    double targets = statistics[statisticsAt + MemoryLayout.TARGETS];
    return targets == 0 ? 0 : statistics[statisticsAt + MemoryLayout.MAGNITUDE] / targets;
  }

  /** The key's mean |y[t] - y[t-P]| so far; NaN before any. */
  double meanChange(double[] statistics) {
    return statistics[statisticsAt + MemoryLayout.DIFFERENCE]
        / statistics[statisticsAt + MemoryLayout.DIFFERENCES];
  }

  /** The key's residual unit: the prior worth 10 observations, then its own mean change. */
  double unit(UnitPrior prior, double least, double[] statistics) {
    double magnitude = magnitude(statistics);
    double expected = prior.constant() + prior.perMagnitude() * magnitude;
    double own =
        (PRIOR_OBSERVATIONS * expected + statistics[statisticsAt + MemoryLayout.DIFFERENCE])
            / (PRIOR_OBSERVATIONS + statistics[statisticsAt + MemoryLayout.DIFFERENCES]);
    return Math.max(Math.max(own, MAGNITUDE_FLOOR * magnitude), least);
  }

  /** What a baseline says of the key observed last. */
  double baseline(BaselineParts parts, double unknown, double[] statistics, float[] memory) {
    float last = memory[lastAt];
    if (Float.isNaN(last)) {
      return unknown;
    }
    return parts.levels.length == 0
        ? mean(parts, last, memory)
        : linear(parts, last, statistics, memory);
  }

  private double mean(BaselineParts parts, float last, float[] memory) {
    double sum = parts.last ? last : 0;
    int known = parts.last ? 1 : 0;
    for (Place[] place : parts.places) {
      float value = value(place, memory);
      if (!Float.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    return known > 0 ? sum / known : last;
  }

  private double linear(BaselineParts parts, float last, double[] statistics, float[] memory) {
    double sum = last;
    for (int part = 0; part < parts.places.length; part++) {
      float value = value(parts.places[part], memory);
      if (!Float.isNaN(value)) {
        sum += parts.weights[part] * ((double) value - last);
      }
    }
    for (int level = 0; level < parts.levels.length; level++) {
      double value = statistics[statisticsAt + MemoryLayout.LEVELS + level];
      sum += parts.levels[level] * (value - last);
    }
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum));
  }

  /** The first of some places that is known; NaN where none is. */
  private float value(Place[] places, float[] memory) {
    for (Place place : places) {
      float value = memory[place.season < 0 ? place.at : slot(place.season, place.at)];
      if (!Float.isNaN(value)) {
        return value;
      }
    }
    return Float.NaN;
  }

  /** Finds the parts of {@code baseline} at {@code horizon} among this target's seasons. */
  BaselineParts parts(Baseline baseline, int horizon) {
    return baseline instanceof Linear linear ? parts(linear) : parts((Mean) baseline, horizon);
  }

  private BaselineParts parts(Mean mean, int horizon) {
    Place[][] places = new Place[mean.seasons().size()][];
    for (int part = 0; part < places.length; part++) {
      int season = mean.seasons().get(part);
      Place ring = new Place(indexOf(seasons, season), horizon % season);
      places[part] =
          ring.at == 0 ? new Place[] {new Place(Place.ALONE, currentAt), ring} : new Place[] {ring};
    }
    return new BaselineParts(mean.last(), places, new double[0], new double[0]);
  }

  private BaselineParts parts(Linear linear) {
    Place[][] places = new Place[linear.lags().size()][];
    double[] weights = new double[places.length];
    for (int part = 0; part < places.length; part++) {
      Lag lag = linear.lags().get(part);
      places[part] = places(linear.seasons(), lag.periods());
      weights[part] = lag.weight();
    }
    double[] levels = linear.levels().stream().mapToDouble(Double::doubleValue).toArray();
    return new BaselineParts(true, places, weights, levels);
  }

  /** Where a past value lies, then where others of its phase do, nearer ones. */
  private Place[] places(List<Integer> among, int periods) {
    if (periods == 1) {
      return new Place[] {new Place(Place.ALONE, beforeAt)};
    }
    List<Place> places = new ArrayList<>();
    among.stream()
        .filter(season -> season >= periods)
        .findFirst()
        .ifPresent(season -> places.add(new Place(indexOf(seasons, season), season - periods)));
    int reach = periods;
    for (int i = among.size() - 1; i >= 0; i--) {
      int season = among.get(i);
      if (season < reach) {
        int phase = reach % season;
        reach = phase == 0 ? season : phase;
        places.add(new Place(indexOf(seasons, season), season - reach));
      }
    }
    return places.toArray(Place[]::new);
  }

  private static int indexOf(int[] seasons, int wanted) {
    int index = Arrays.binarySearch(seasons, wanted);
    if (index < 0) {
      throw new IllegalArgumentException(
          "baseline season: " + wanted + " (must be among the target's seasons)");
    }
    return index;
  }

  /**
   * Where a value lies.
   *
   * @param season index of its ring, or {@link #ALONE}
   * @param at phases from the current one, 0 or more, less than the season; alone: its offset
   */
  private record Place(int season, int at) {
    private static final int ALONE = -1;
  }

  /** A baseline at one horizon, ready to be read from the rings. */
  static final class BaselineParts {
    private final boolean last;
    private final Place[][] places; // [parts] in the order in which they are tried
    private final double[] weights; // [parts] of a linear baseline
    private final double[] levels; // of a linear baseline; empty: a mean

    private BaselineParts(boolean last, Place[][] places, double[] weights, double[] levels) {
      this.last = last;
      this.places = places;
      this.weights = weights;
      this.levels = levels;
    }
  }
}
