package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.Head.UnitPrior;
import java.util.Arrays;
import java.util.List;

/**
 * Remembers a key's target: its last value, its values of the last season, its running levels, and
 * the size of its usual change. The rings are addressed by period: the count of observations, or
 * with an interval the distance in intervals from the key's first observation, so that gaps do not
 * shift the season. A place keeps the last value known at its phase until a newer one is known.
 *
 * <p>The target of the current period waits outside the rings and enters them when the next period
 * begins; so several observations within one interval all see the season before, not each other.
 * The period before is kept apart too, and unknown where it had no value: a place of a ring may
 * hold an older value of its phase, which a season does not mind and a trend does. All state is in
 * the caller's {@link KeyMemory}, but for the phases of the key observed last, which spare
 * divisions.
 */
final class TargetMemory {
  private static final double PRIOR_OBSERVATIONS = 10;
  private static final double FLOOR = 0.02;
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

  /**
   * Takes one observation in, which the common statistics have counted already.
   *
   * @param observed the target, NaN where unobserved
   * @param differences [1 + seasons] written: target minus the last one, then minus the one each
   *     season ago; an unobserved target counts as the last one; NaN where unknown
   */
  void observe(long time, double observed, KeyMemory memory, double[] differences) {
    double[] values = memory.values();
    beginPeriod(time, memory);
    boolean known = Double.isFinite(observed);
    double last = values[lastAt];
    double value = known ? observed : last;
    differences[0] = value - last;
    for (int season = 0; season < seasons.length; season++) {
      differences[1 + season] = value - values[at(season, 0)];
    }
    if (known) {
      learn(value, differences[seasons.length == 0 ? 0 : 1], memory.statistics());
      values[lastAt] = observed;
      values[currentAt] = observed;
    }
  }

  private void beginPeriod(long time, KeyMemory memory) {
    double[] statistics = memory.statistics();
    double period =
        interval > 0
            ? Periods.nearest(time - (long) statistics[MemoryLayout.FIRST_TIME], interval)
            : statistics[MemoryLayout.OBSERVATIONS] - 1;
    double before = statistics[statisticsAt + MemoryLayout.PERIOD];
    findPhases((long) before);
    if (period <= before) {
      return;
    }
    closePeriod(memory.values(), period - before == 1);
    statistics[statisticsAt + MemoryLayout.PERIOD] = period;
    movePhases((long) (period - before));
  }

  /** Lets the target of the period that ends enter the rings. */
  private void closePeriod(double[] values, boolean nextFollows) {
    double closed = values[currentAt];
    if (!Double.isNaN(closed)) {
      for (int season = 0; season < seasons.length; season++) {
        values[at(season, 0)] = closed;
      }
      values[currentAt] = Double.NaN;
    }
    values[beforeAt] = nextFollows ? closed : Double.NaN;
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

  private int at(int season, int ahead) {
    int phase = phases[season] + ahead;
    return rings[season] + (phase < seasons[season] ? phase : phase - seasons[season]);
  }

  /** The target's last observed value, NaN before any. */
  double last(double[] values) {
    return values[lastAt];
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

  /**
   * The key's residual unit: the prior worth 10 observations, then its own mean change; not far
   * below what its values, or their spread where the prior says so, and the prior tell.
   *
   * @param spread the key's standard deviation so far
   */
  double unit(UnitPrior prior, double spread, double least, double[] statistics) {
    double magnitude = magnitude(statistics);
    double expected = prior.constant() + prior.perMagnitude() * magnitude;
    double own =
        (PRIOR_OBSERVATIONS * expected + statistics[statisticsAt + MemoryLayout.DIFFERENCE])
            / (PRIOR_OBSERVATIONS + statistics[statisticsAt + MemoryLayout.DIFFERENCES]);
    double size = prior.bySpread() ? Math.min(magnitude, Math.max(spread, expected)) : magnitude;
    return Math.max(Math.max(own, FLOOR * size), least);
  }

  /** Index of a season's ring; {@code wanted} must be among the target's seasons. */
  int ring(int wanted) {
    int index = Arrays.binarySearch(seasons, wanted);
    if (index < 0) {
      throw new IllegalArgumentException(
          "baseline.seasons: " + wanted + " (must be among the target's seasons)");
    }
    return index;
  }

  /**
   * The last value known at a phase of the key observed last, this period's not among them; NaN
   * where unknown.
   *
   * @param ring of the season
   * @param ahead phases from the present one, 0 or more, less than the season
   */
  double seasonal(int ring, int ahead, double[] values) {
    return values[at(ring, ahead)];
  }

  /** The value of the present period, NaN while unknown. */
  double current(double[] values) {
    return values[currentAt];
  }

  /** The value of the period before, NaN where it had none. */
  double before(double[] values) {
    return values[beforeAt];
  }

  /** A running level; 0 before any value. */
  double level(int level, double[] statistics) {
    return statistics[statisticsAt + MemoryLayout.LEVELS + level];
  }
}
