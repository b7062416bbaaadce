package dev.eddy.model.inference;

import dev.eddy.model.encoding.Periods;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the promise of a forecast's intervals for each key, as its actuals arrive: what is called
 * the 80 % interval is made to hold 80 % of them.
 *
 * <p>Conformalised quantile regression (Romano, Patterson and Candès 2019) with adaptive conformal
 * inference (Gibbs and Candès 2021, arXiv:2106.00170). Each pair of quantiles equally far from the
 * median is an interval that is to miss {@code α}; it is served as {@code [lower − s·unit, upper +
 * s·unit]}, where s is the score that past forecasts exceeded with probability {@code α_t}. When
 * the actual of a followed forecast arrives, {@code α_t += γ (α − missed)}: a miss makes the next
 * intervals wider, a hit narrower. Nothing else moves {@code α_t}, and a new key begins at α, which
 * is split conformal prediction. The median is left alone, and quantiles never cross.
 *
 * <p>Which actual belongs to a forecast is what {@link Periods#late} says; which forecasts are
 * followed, {@link CalibrationLayout}. Immutable; all state is in the caller's arrays; allocates
 * nothing per call.
 */
final class OnlineCalibration {
  /** γ, the step of a level. */
  static final double RATE = 0.01;

  private static final double LEAST_LEVEL = -1; // already a thousand times the table's reach
  private static final double GREATEST_LEVEL = 1;

  private final CalibrationLayout layout;
  private final MissQuantiles table;
  private final int[] horizons;
  private final int[] targets; // [targets] places among the numeric features
  private final int columns;
  private final int pairs;
  private final int quantiles;
  private final int median;
  private final double[] miscoverage; // [pairs] nominal
  private final long learnsFrom;
  private final boolean byTime;
  private final long step; // ms, or 1 observation

  /** Calibration of a model's forecasts; empty where its intervals are served as they are. */
  static Optional<OnlineCalibration> of(ModelSpec spec) {
    return spec.head() instanceof Head.Forecast head
        ? head.calibration().map(calibration -> new OnlineCalibration(spec, head, calibration))
        : Optional.empty();
  }

  private OnlineCalibration(ModelSpec spec, Head.Forecast head, Calibration calibration) {
    this.layout = new CalibrationLayout(head, spec.input());
    this.table = new MissQuantiles(calibration);
    this.horizons = head.horizons().stream().mapToInt(Integer::intValue).toArray();
    this.targets = new int[head.targets().size()];
    Arrays.setAll(targets, target -> spec.input().targetIndex(target));
    this.columns = head.columns();
    this.pairs = layout.pairs();
    this.quantiles = head.quantiles().size();
    this.median = head.quantiles().indexOf(0.5);
    this.miscoverage = new double[pairs];
    Arrays.setAll(miscoverage, pair -> 1 - nominal(head.quantiles(), pair));
    this.learnsFrom = calibration.learnsFrom().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    this.byTime = spec.input().interval().isPresent();
    this.step = spec.input().interval().map(Duration::toMillis).orElse(1L);
  }

  /** Whether a model's intervals are calibrated. */
  static boolean calibrates(ModelSpec spec) {
    return spec.head() instanceof Head.Forecast head && head.calibration().isPresent();
  }

  private static double nominal(List<Double> quantiles, int pair) {
    int median = quantiles.indexOf(0.5);
    return quantiles.get(median + 1 + pair) - quantiles.get(median - 1 - pair);
  }

  /** The state of a key before its first observation. */
  CalibrationState fresh() {
    double[] values = new double[layout.valuesSize()];
    for (int interval = 0; interval < columns * pairs; interval++) {
      values[interval] = miscoverage[interval % pairs];
    }
    return new CalibrationState(new double[layout.clocksSize()], values);
  }

  /** Whether a key's state is as long as here: not where it was stored before any calibration. */
  boolean fits(CalibrationState state) {
    return state.clocks().length == layout.clocksSize()
        && state.values().length == layout.valuesSize();
  }

  /**
   * Gives up the pending forecasts of a key whose clock is set back: their times are not to come.
   * The levels stay.
   */
  void setBack(CalibrationState state) {
    if (byTime) {
      Arrays.fill(state.clocks(), 1, layout.clocksSize(), 0);
    }
  }

  /**
   * Takes in a key's next observation and calibrates the prediction made after it, which {@link
   * #follow} must be told of when it is as it will be served.
   *
   * @param input the observation
   * @param origins [originAt + targets * (horizons + 1)] the origin of the prediction
   * @param predictions [at + targets * horizons * quantiles] the prediction, sorted within each
   *     column; calibrated in place
   */
  void step(
      CalibrationState state,
      RawInput input,
      double[] origins,
      int originAt,
      double[] predictions,
      int at) {
    double clock = clock(state, input);
    boolean learns = input.time() >= learnsFrom;
    for (int column = 0; column < columns; column++) {
      int target = column / horizons.length;
      double unit = origins[originAt + target * (horizons.length + 1) + horizons.length];
      int center = at + column * quantiles + median;
      settle(state, column, clock, input.numeric()[targets[target]], learns);
      calibrate(state.values(), column, unit, predictions, center);
    }
  }

  /**
   * Keeps the intervals that are served until their actuals arrive, where they are to be followed:
   * to the last digit, for it is by those that they are missed or hit.
   *
   * @param input the observation of the last {@link #step}
   * @param predictions [at + targets * horizons * quantiles] the prediction as served
   */
  void follow(CalibrationState state, RawInput input, double[] predictions, int at) {
    double clock = clock(state, input);
    state.clocks()[0]++;
    for (int column = 0; column < columns; column++) {
      follow(state, column, clock, predictions, at + column * quantiles + median);
    }
  }

  private double clock(CalibrationState state, RawInput input) {
    return byTime ? input.time() : state.clocks()[0];
  }

  /** Brings the column's pending forecasts together with an actual, NaN where unobserved. */
  private void settle(
      CalibrationState state, int column, double clock, double actual, boolean learns) {
    double[] clocks = state.clocks();
    int oldest = layout.oldest(column);
    while (clocks[oldest] < clocks[layout.next(column)]) {
      long number = (long) clocks[oldest];
      long elapsed = (long) (clock - clocks[layout.clock(column, number)]);
      long late = Periods.late(elapsed, horizons[column % horizons.length], step);
      if (late < 0 || (late == 0 && !Double.isFinite(actual))) {
        return;
      }
      clocks[oldest]++;
      if (late == 0 && learns) {
        learn(state.values(), column, layout.bounds(column, number), actual);
      }
    }
  }

  private void learn(double[] values, int column, int bounds, double actual) {
    for (int pair = 0; pair < pairs; pair++) {
      double lower = values[bounds + 2 * pair];
      double upper = values[bounds + 2 * pair + 1];
      double missed = lower <= actual && actual <= upper ? 0 : 1;
      int at = column * pairs + pair;
      double level = values[at] + RATE * (miscoverage[pair] - missed);
      values[at] = Math.max(LEAST_LEVEL, Math.min(GREATEST_LEVEL, level));
    }
  }

  private void calibrate(
      double[] values, int column, double unit, double[] predictions, int center) {
    double middle = predictions[center];
    for (int pair = 0; pair < pairs; pair++) {
      int interval = column * pairs + pair;
      double margin = unit * table.read(interval, 1 - values[interval]);
      int lower = center - 1 - pair;
      int upper = center + 1 + pair;
      predictions[lower] = moved(predictions[lower], -margin, Double.NEGATIVE_INFINITY, middle);
      predictions[upper] = moved(predictions[upper], margin, middle, Double.POSITIVE_INFINITY);
    }
    PredictionHead.sort(predictions, center - median, center);
    PredictionHead.sort(predictions, center + 1, center - median + quantiles);
  }

  /** A bound moved within limits; as it was where that leaves the range of a float. */
  private static double moved(double bound, double by, double least, double greatest) {
    double moved = Math.max(least, Math.min(greatest, bound + by));
    return Math.abs(moved) <= Float.MAX_VALUE ? moved : bound;
  }

  private void follow(
      CalibrationState state, int column, double clock, double[] predictions, int center) {
    double[] clocks = state.clocks();
    long next = (long) clocks[layout.next(column)];
    if (next - (long) clocks[layout.oldest(column)] == layout.capacity(column)) {
      return;
    }
    if (next > 0) {
      long elapsed = (long) (clock - clocks[layout.clock(column, next - 1)]);
      if (Periods.nearest(elapsed, step) < layout.distance(column)) {
        return;
      }
    }
    clocks[layout.clock(column, next)] = clock;
    clocks[layout.next(column)]++;
    int bounds = layout.bounds(column, next);
    for (int pair = 0; pair < pairs; pair++) {
      state.values()[bounds + 2 * pair] = predictions[center - 1 - pair];
      state.values()[bounds + 2 * pair + 1] = predictions[center + 1 + pair];
    }
  }
}
