package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.RowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The times of all rows, and how they are spread over the series. */
final class SeriesTimes {
  private static final double USUAL = 0.9;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private long[] times = new long[1024];
  private int rows;
  private final Map<String, Integer> lengths = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private final Map<Long, Long> distances = new HashMap<>();
  private boolean sorted = true;
  private long doubles;
  private long back;
  private long unread;
  private String firstUnread = "";
  private String firstDouble = "";
  private String firstBack = "";

  /** Adds a row. */
  void add(String key, long time, boolean sameFile, String place) {
    sorted &= !sameFile || rows == 0 || time >= times[rows - 1];
    if (rows == times.length) {
      times = Arrays.copyOf(times, 2 * rows);
    }
    times[rows++] = time;
    lengths.merge(key, 1, Integer::sum);
    Long before = last.put(key, time);
    if (before != null) {
      long distance = time - before;
      distances.merge(distance, 1L, Long::sum);
      firstDouble = distance == 0 && doubles == 0 ? place : firstDouble;
      firstBack = distance < 0 && back == 0 ? place : firstBack;
      doubles += distance == 0 ? 1 : 0;
      back += distance < 0 ? 1 : 0;
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

  int count() {
    return lengths.size();
  }

  /** Rows that nine in ten series have. */
  int usualLength() {
    int[] of = lengths.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    return of.length == 0 ? 0 : of[of.length / 10];
  }

  /** Whether each file's rows are in time order. */
  boolean sorted() {
    return sorted;
  }

  /** The distance of nine in ten rows that go forward, if there is one. */
  Optional<Duration> interval() {
    return usual(false);
  }

  /** Whether steps are months, quarters or years, which have no one length. */
  Optional<String> calendarStep() {
    if (interval().isPresent()) {
      return Optional.empty();
    }
    return usual(true)
        .map(Duration::toDays)
        .map(days -> days == 30 ? "month" : days == 91 ? "quarter" : days == 365 ? "year" : "")
        .filter(name -> !name.isEmpty());
  }

  private Optional<Duration> usual(boolean byCalendar) {
    Map<Long, Long> forward = new HashMap<>();
    distances.forEach(
        (distance, count) -> {
          if (distance > 0) {
            forward.merge(byCalendar ? Spacing.even(distance) : distance, count, Long::sum);
          }
        });
    long total = forward.values().stream().mapToLong(Long::longValue).sum();
    return forward.entrySet().stream()
        .filter(entry -> entry.getValue() >= USUAL * total)
        .map(entry -> Duration.ofMillis(entry.getKey()))
        .findFirst();
  }

  /** The distance that most rows have, for rows that are mostly even. */
  private long mostFrequent() {
    return distances.entrySet().stream()
        .filter(entry -> entry.getKey() > 0)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  /** What is odd about the times, a line each. */
  List<String> oddities(boolean keyed) {
    List<String> lines = new ArrayList<>();
    if (unread > 0) {
      lines.add(unread + " rows without a time that can be read, first " + firstUnread);
    }
    if (doubles > 0) {
      lines.add(
          doubles
              + " rows repeat the time of the row before in their series, first "
              + firstDouble);
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
    long step = mostFrequent();
    boolean hour =
        distances.keySet().stream()
            .filter(distance -> distance < 0)
            .allMatch(distance -> distance == step - Duration.ofHours(1).toMillis());
    return hour && back < 30
        ? " (by an hour: a clock that is changed? replay.time.zone, such as Europe/Berlin, reads it)"
        : "";
  }

  private Optional<String> gaps() {
    long step = interval().map(Duration::toMillis).orElse(0L);
    long gaps = 0;
    long missing = 0;
    for (Map.Entry<Long, Long> each : distances.entrySet()) {
      if (step > 0 && each.getKey() >= 2 * step) {
        gaps += each.getValue();
        missing += each.getValue() * (each.getKey() / step - 1);
      }
    }
    return gaps == 0
        ? Optional.empty()
        : Optional.of(gaps + " gaps, in which " + missing + " rows are missing");
  }

  /** How many rows a day of the week or year comes round in, by what the steps are. */
  Optional<String> workdays() {
    long ones = distances.getOrDefault(DAY, 0L);
    long threes = distances.getOrDefault(3 * DAY, 0L);
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
