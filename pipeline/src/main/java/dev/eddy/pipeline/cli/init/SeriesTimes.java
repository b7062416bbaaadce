package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.RowException;
import dev.eddy.pipeline.rows.Distances;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The times of all rows, and how they are spread over the series. */
final class SeriesTimes {
  private static final String ZONE =
      " (by an hour: a clock that is changed? replay.time.zone, such as Europe/Berlin, reads it)";
  private static final long DAY = Duration.ofDays(1).toMillis();

  private long[] times = new long[1024];
  private int[] of = new int[1024]; // series of each row
  private int rows;
  private final Map<String, Last> series = new HashMap<>();
  private final Distances distances = new Distances(); // in the files' order
  private @Nullable Distances ordered; // once they were sorted
  private boolean sorted = true;
  private long unread;
  private String firstUnread = "";
  private String firstDouble = "";
  private String firstBack = "";
  private boolean changed; // whether the first double may be of a clock that was
  private final Map<Long, String> springs = new HashMap<>(); // first places of likely distances

  /** The newest row of a series, and how many there are. */
  private static final class Last {
    final int number;
    long time;
    int rows;

    Last(int number) {
      this.number = number;
    }
  }

  /** Adds a row. */
  void add(String key, long time, boolean sameFile, Supplier<String> place) {
    sorted &= !sameFile || rows == 0 || time >= times[rows - 1];
    if (rows == times.length) {
      times = Arrays.copyOf(times, 2 * rows);
      of = Arrays.copyOf(of, 2 * rows);
    }
    Last last = series.computeIfAbsent(key, unknown -> new Last(series.size()));
    of[rows] = last.number;
    times[rows++] = time;
    if (last.rows++ > 0) {
      step(time - last.time, place);
    }
    last.time = time;
  }

  private void step(long distance, Supplier<String> place) {
    distances.add(distance);
    if (isSpring(distance, times[rows - 1])) {
      springs.merge(distance, place.get(), (first, later) -> first);
    }
    if (distance == 0 && firstDouble.isEmpty()) {
      firstDouble = place.get();
      changed = mayChange(times[rows - 1]);
    }
    if (distance < 0 && firstBack.isEmpty()) {
      firstBack = place.get();
    }
  }

  /** Counts a row whose time is none. */
  void refuse(RowException fault, String place) {
    firstUnread = unread == 0 ? place + ": " + fault.getMessage() : firstUnread;
    unread++;
  }

  int rows() {
    return rows;
  }

  /** Rows whose time is none. */
  long unread() {
    return unread;
  }

  int count() {
    return series.size();
  }

  /** Rows that nine in ten series have. */
  int usualLength() {
    int[] of = series.values().stream().mapToInt(each -> each.rows).sorted().toArray();
    return of.length == 0 ? 0 : of[of.length / 10];
  }

  /** Whether each file's rows are in time order. */
  boolean sorted() {
    return sorted;
  }

  /** The distance of nine in ten rows that go forward, if there is one. */
  Optional<Duration> interval() {
    return inOrder().usual();
  }

  /** Of rows newest first, or in none, only what they are when sorted says how they lie. */
  private Distances inOrder() {
    if (distances.back() == 0) {
      return distances;
    }
    Distances found = ordered;
    if (found == null) {
      found = new Distances();
      Integer[] places = new Integer[rows];
      Arrays.setAll(places, i -> i);
      Arrays.sort(places, byTime());
      for (int i = 1; i < rows; i++) {
        if (of[places[i]] == of[places[i - 1]]) {
          found.add(times[places[i]] - times[places[i - 1]]);
        }
      }
      ordered = found;
    }
    return found;
  }

  private Comparator<Integer> byTime() {
    return Comparator.<Integer>comparingInt(row -> of[row]).thenComparingLong(row -> times[row]);
  }

  /** Whether steps are months, quarters or years, which have no one length. */
  Optional<String> calendarStep() {
    if (interval().isPresent()) {
      return Optional.empty();
    }
    return inOrder()
        .usual(Spacing::even)
        .map(Duration::toDays)
        .map(days -> days == 30 ? "month" : days == 91 ? "quarter" : days == 365 ? "year" : "")
        .filter(name -> !name.isEmpty());
  }

  /**
   * What is odd about the times, a line each.
   *
   * @param keyed whether series are told apart, or there is nothing to do so by
   */
  List<String> oddities(boolean keyed) {
    List<String> lines = new ArrayList<>();
    long doubles = inOrder().doubles();
    long back = distances.back();
    if (unread > 0) {
      lines.add(
          unread
              + " rows without a time that can be read, first "
              + firstUnread
              + " (on-error: skip leaves them out)");
    }
    if (doubles > 0) {
      lines.add(
          doubles
              + " rows repeat the time of another in their series"
              + (firstDouble.isEmpty() ? "" : ", first " + firstDouble)
              + (changed ? ZONE : ""));
    }
    if (back > 0) {
      lines.add(
          back
              + " rows go back in time within their series, first "
              + firstBack
              + clock().orElse("; sort: true puts them in order"));
    }
    if (doubles > 0.01 * rows && !keyed) {
      lines.add(
          "times repeat or go back within a series: name the column that tells series apart with"
              + " --key");
    }
    gaps().ifPresent(lines::add);
    return lines;
  }

  /** Rows of an hour that comes twice go back by less than an hour. */
  private Optional<String> clock() {
    boolean hour = distances.goBackBy(distances.mostFrequent() - Duration.ofHours(1).toMillis());
    return hour && distances.back() < 30 ? Optional.of(ZONE) : Optional.empty();
  }

  /** Whether clocks may change then: early on a Sunday in autumn, of the north or the south. */
  private static boolean mayChange(long time) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(time / 1000, 0, ZoneOffset.UTC);
    int month = local.getMonthValue();
    return local.getDayOfWeek() == DayOfWeek.SUNDAY
        && local.getHour() < 4
        && (month == 3 || month == 4 || (month >= 9 && month <= 11));
  }

  /** An hour that never was is a gap of an hour more than the usual distance. */
  private String spring() {
    return interval()
        .map(step -> springs.get(step.toMillis() + Duration.ofHours(1).toMillis()))
        .map(place -> ", one before " + place + ZONE)
        .orElse("");
  }

  private static boolean isSpring(long distance, long time) {
    long hour = Duration.ofHours(1).toMillis();
    return distance > hour && distance <= 2 * hour && mayChange(time);
  }

  private Optional<String> gaps() {
    long gaps = inOrder().gaps();
    return gaps == 0
        ? Optional.empty()
        : Optional.of(
            gaps + " gaps, in which " + inOrder().missing() + " rows are missing" + spring());
  }

  /** How many rows a day of the week or year comes round in, by what the steps are. */
  Optional<String> workdays() {
    long ones = inOrder().of(DAY);
    long threes = inOrder().of(3 * DAY);
    return ones > 0 && threes > 0.15 * ones && threes < 0.35 * ones
        ? Optional.of("a week has five rows: its season is 5 rows")
        : Optional.empty();
  }

  /** [rows] ascending, epoch milliseconds. */
  long[] times() {
    long[] all = Arrays.copyOf(times, rows);
    Arrays.sort(all);
    return all;
  }
}
