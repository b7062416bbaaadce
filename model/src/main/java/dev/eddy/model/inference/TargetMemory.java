package dev.eddy.model.inference;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.UnitPrior;
import java.util.Arrays;
import java.util.List;

/**
 * What is remembered of a key's target: its last value, its value one season ago, and the size of
 * its usual change. The rings are addressed by period: the count of observations, or with an
 * interval the distance in intervals from the key's first observation, so that gaps do not shift
 * the season. A slot keeps the last value known at its phase until a newer one is known.
 *
 * <p>The target of the current period waits outside the rings and enters them when the next period
 * begins; so several observations within one interval all see the season before, not each other.
 * All state is in the caller's arrays, laid out by {@link MemoryLayout}, but for the phases of the
 * key observed last, which spare divisions.
 */
final class TargetMemory {
  private static final double PRIOR_OBSERVATIONS = 10;
  private static final double MAGNITUDE_FLOOR = 0.02;

  private final int[] seasons;
  private final int[] rings; // [seasons] offsets into memory
  private final int[] phases; // [seasons] of the current period, for the key observed last
  private final long interval; // ms; 0: periods count observations
  private final int statisticsAt;
  private final int lastAt;
  private final int currentAt;

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

  /**
   * The last target known at a phase of the key observed last; NaN where unknown.
   *
   * @param ahead periods from now, less whole seasons: 0 or more, less than the season
   */
  private float seasonal(int season, int ahead, float[] memory) {
    if (ahead == 0 && !Float.isNaN(memory[currentAt])) {
      return memory[currentAt];
    }
    return memory[slot(season, ahead)];
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

  /** The naive forecast of the key observed last, from whichever of its parts are known. */
  double baseline(BaselineParts parts, double unknown, float[] memory) {
    double sum = 0;
    int known = 0;
    float last = memory[lastAt];
    if (parts.last && !Float.isNaN(last)) {
      sum += last;
      known++;
    }
    for (int part = 0; part < parts.seasons.length; part++) {
      float value = seasonal(parts.seasons[part], parts.ahead[part], memory);
      if (!Float.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    if (known > 0) {
      return sum / known;
    }
    return Float.isNaN(last) ? unknown : last;
  }

  /** Finds the parts of {@code baseline} at {@code horizon} among this target's seasons. */
  BaselineParts parts(Baseline baseline, int horizon) {
    int[] indexes =
        baseline.seasons().stream().mapToInt(season -> indexOf(seasons, season)).toArray();
    int[] ahead = Arrays.stream(indexes).map(index -> horizon % seasons[index]).toArray();
    return new BaselineParts(baseline.last(), indexes, ahead);
  }

  private static int indexOf(int[] seasons, int wanted) {
    int index = Arrays.binarySearch(seasons, wanted);
    if (index < 0) {
      throw new IllegalArgumentException(
          "baseline season: " + wanted + " (must be among the target's seasons)");
    }
    return index;
  }

  /** A baseline at one horizon, ready to be read from the rings. */
  static final class BaselineParts {
    private final boolean last;
    private final int[] seasons; // [parts] indexes into the target's
    private final int[] ahead; // [parts] the horizon less whole seasons

    private BaselineParts(boolean last, int[] seasons, int[] ahead) {
      this.last = last;
      this.seasons = seasons;
      this.ahead = ahead;
    }
  }
}
