package dev.eddy.model.fit;

import dev.eddy.model.encoding.Periods;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the seasons of a target in its training part. The distance of observations only proposes a
 * day, a week or a year; the target's autocorrelation decides ({@link SeasonTrial}). Seasons count
 * intervals where there is an interval, else observations: a week of five rows is 5.
 */
public final class Seasons {
  private static final int KEYS = 20; // looked at, the longest
  private static final int ROWS = 1 << 15; // of a key, looked at, the newest
  private static final int ALL_ROWS = 3 * ROWS;
  private static final int LONGEST = 1440; // a day of minutes; every key keeps one season
  private static final int LEAST_ROWS = 4 * LONGEST; // of a key, where all are too many
  private static final double EXACT = 0.02; // of a lag, how far the calendar may be from whole
  private static final List<Duration> CALENDAR =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofSeconds(31_556_952)); // a mean year

  private final Optional<Duration> interval;
  private final NavigableSet<Integer> calendar = new TreeSet<>();
  private final List<double[]> series = new ArrayList<>();
  private int rows;

  /**
   * For series of one target.
   *
   * @param interval the distance of regular observations; empty: seasons count observations
   * @param gap the usual distance of observations
   */
  Seasons(Optional<Duration> interval, Duration gap) {
    this.interval = interval;
    propose((double) gap.toMillis());
  }

  /**
   * The seasons that the training part shows.
   *
   * @param keys that may train
   * @param feature the target's number among the numeric features
   * @param interval the distance of regular observations; empty: seasons count observations
   * @param gap the usual distance of observations
   */
  public static List<Integer> in(
      History history,
      Parts parts,
      List<String> keys,
      int feature,
      Optional<Duration> interval,
      Duration gap)
      throws IOException {
    Seasons seasons = new Seasons(interval, gap);
    List<String> longest =
        keys.stream()
            .sorted((a, b) -> Integer.compare(history.length(b), history.length(a)))
            .limit(KEYS)
            .toList();
    for (String key : longest) {
      seasons.add(history.read(key), parts, feature);
    }
    return seasons.find();
  }

  /**
   * The same for each target of a published model, whatever its own seasons are.
   *
   * @param history in any order of a key's rows; those that step back in time are left out
   */
  public static List<List<Integer>> in(History history, Parts parts, ModelSpec spec)
      throws IOException {
    InputEncoding input = spec.input();
    List<String> keys = history.keys().stream().filter(parts::mayTrain).toList();
    List<List<Integer>> seasons = new ArrayList<>();
    for (int target = 0; target < input.targets().size(); target++) {
      int feature = input.targetIndex(target);
      seasons.add(in(history, parts, keys, feature, input.interval(), input.typicalGap()));
    }
    return seasons;
  }

  private void add(KeyHistory of, Parts parts, int feature) {
    int[] rows = new int[of.length()];
    int length = 0;
    for (int row = 0; row < rows.length; row++) {
      boolean forward = length == 0 || of.time(row) >= of.time(rows[length - 1]);
      if (forward && parts.of(of.key(), of.time(row)) == Part.TRAINING) {
        rows[length++] = row;
      }
    }
    long[] times = new long[length];
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      times[i] = of.time(rows[i]);
      values[i] = of.inputs().get(rows[i]).numeric()[feature];
    }
    add(times, values);
  }

  /**
   * Adds a key's target.
   *
   * @param times ascending, epoch milliseconds
   * @param values NaN where unobserved
   */
  void add(long[] times, double[] values) {
    int room = Math.min(ROWS, Math.max(LEAST_ROWS, ALL_ROWS - rows));
    double[] steps =
        interval
            .map(distance -> steps(times, values, distance.toMillis(), room))
            .orElseGet(
                () -> Arrays.copyOfRange(values, Math.max(0, values.length - room), values.length));
    if (interval.isEmpty() && times.length > 1) {
      propose((double) (times[times.length - 1] - times[0]) / (times.length - 1));
    }
    rows += steps.length;
    series.add(steps);
  }

  /** One value for each of the last intervals, NaN where none was observed. */
  private static double[] steps(long[] times, double[] values, long millis, int room) {
    if (times.length == 0) {
      return values;
    }
    long last = Periods.nearest(times[times.length - 1] - times[0], millis);
    long first = Math.max(0, last - room + 1);
    double[] steps = new double[(int) (last - first + 1)];
    Arrays.fill(steps, Double.NaN);
    for (int i = 0; i < times.length; i++) {
      long step = Periods.nearest(times[i] - times[0], millis) - first;
      if (step >= 0 && Double.isFinite(values[i])) {
        steps[(int) step] = values[i];
      }
    }
    return steps;
  }

  /** Lets the calendar propose lags of observations so far apart. */
  private void propose(double millis) {
    for (Duration period : CALENDAR) {
      double exact = period.toMillis() / Math.max(1, millis);
      long lag = Math.round(exact);
      if (lag >= 2 && lag <= LONGEST && Math.abs(exact - lag) <= EXACT * lag) {
        calendar.add((int) lag);
      }
    }
  }

  /** The seasons, ascending; none where there is none. */
  List<Integer> find() {
    List<double[]> measured = series.stream().map(FarOff::without).toList();
    List<Integer> found = new SeasonSearch(measured, calendar, LONGEST).find();
    // What lies far off may be what comes round: peaks of one height.
    return found.isEmpty() && !measured.equals(series)
        ? new SeasonSearch(series, calendar, LONGEST).find()
        : found;
  }
}
