package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.RowException;
import dev.eddy.pipeline.rows.Distances;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The times of all rows, and how they are spread over the series. */
final class SeriesTimes {
  private static final String ZONE =
      " (by an hour: a clock that is changed? replay.time.zone, such as Europe/Berlin, reads it)";
  private static final long DAY = Duration.ofDays(1).toMillis();

  private long[] times = new long[1024];
  private int rows;
  private final Map<String, Last> series = new HashMap<>();
  private final Distances distances = new Distances();
  private boolean sorted = true;
  private long unread;
  private String firstUnread = "";
  private String firstDouble = "";
  private String firstBack = "";
  private boolean changed; // whether the first double may be of a clock that was

  /** The newest row of a series, and how many there are. */
  private static final class Last {
    long time;
    int rows;
  }

  /** Adds a row. */
  void add(String key, long time, boolean sameFile, Supplier<String> place) {
    sorted &= !sameFile || rows == 0 || time >= times[rows - 1];
    if (rows == times.length) {
      times = Arrays.copyOf(times, 2 * rows);
    }
    times[rows++] = time;
    Last last = series.computeIfAbsent(key, unknown -> new Last());
    if (last.rows++ > 0) {
      step(time - last.time, place);
    }
    last.time = time;
  }

  private void step(long distance, Supplier<String> place) {
    distances.add(distance);
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
    return distances.usual();
  }

  /** Whether steps are months, quarters or years, which have no one length. */
  Optional<String> calendarStep() {
    if (interval().isPresent()) {
      return Optional.empty();
    }
    return distances
        .usual(Spacing::even)
        .map(Duration::toDays)
        .map(days -> days == 30 ? "month" : days == 91 ? "quarter" : days == 365 ? "year" : "")
        .filter(name -> !name.isEmpty());
  }

  /** What is odd about the times, a line each. */
  List<String> oddities(boolean keyed) {
    List<String> lines = new ArrayList<>();
    long doubles = distances.doubles();
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
              + " rows repeat the time of the row before in their series, first "
              + firstDouble
              + (changed ? ZONE : ""));
    }
    if (back > 0) {
      lines.add(back + " rows go back in time within their series, first " + firstBack + clock());
    }
    if (doubles + back > 0.01 * rows && !keyed) {
      lines.add(
          "times repeat or go back within a series: name the column that tells series apart with"
              + " --key");
    }
    gaps().ifPresent(lines::add);
    return lines;
  }

  /** Rows of an hour that comes twice go back by less than an hour. */
  private String clock() {
    boolean hour = distances.goBackBy(distances.mostFrequent() - Duration.ofHours(1).toMillis());
    return hour && distances.back() < 30 ? ZONE : "";
  }

  /** Whether clocks may change then: early on a Sunday in autumn, of the north or the south. */
  private static boolean mayChange(long time) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(time / 1000, 0, ZoneOffset.UTC);
    int month = local.getMonthValue();
    return local.getDayOfWeek() == DayOfWeek.SUNDAY
        && local.getHour() < 4
        && (month == 3 || month == 4 || (month >= 9 && month <= 11));
  }

  private Optional<String> gaps() {
    long gaps = distances.gaps();
    return gaps == 0
        ? Optional.empty()
        : Optional.of(gaps + " gaps, in which " + distances.missing() + " rows are missing");
  }

  /** How many rows a day of the week or year comes round in, by what the steps are. */
  Optional<String> workdays() {
    long ones = distances.of(DAY);
    long threes = distances.of(3 * DAY);
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
