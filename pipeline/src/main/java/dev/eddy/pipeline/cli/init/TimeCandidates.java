package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.DigitForms;
import dev.eddy.pipeline.cli.init.table.Numerals;
import dev.eddy.pipeline.cli.init.table.TimeForms;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists how the columns of a file may hold its times, by what was seen of their cells. */
final class TimeCandidates {
  private static final Instant SPREADSHEETS_BEGIN = Instant.parse("1899-12-30T00:00:00Z");
  private static final int LEAST_SURE_DAY = 30_000; // of a spreadsheet: before is 1982
  private static final double EARLIEST = 315_532_800; // 1980, in seconds
  private static final double LATEST = 4_102_444_800.0; // 2100
  private static final double LEAST_TICKS = 6.2e17; // 1965
  private static final double MOST_TICKS = 6.6e17; // 2092
  private static final long TICKS_BEGIN = 62_135_596_800L; // seconds from year 1 to 1970
  private static final String TIME_NAMES =
      ".*(time|date|stamp|zeit|datum|epoch|when|fecha|hora|heure|jour).*|t|ts|dt|ds|.*_at|.*_ts"
          + "|t_.*|sec|seconds|ms|day|month|year|period|quarter";
  private static final String HOUR_NAMES =
      "hour|hours|hr|hrs|h|he|hour.?ending|stunde|std|heure|hora|ora|uur";
  private static final List<String> PARTS =
      List.of("year", "month", "day", "hour", "minute", "second");

  private final List<Column> columns;
  private final List<TimeGuess> found = new ArrayList<>();

  private TimeCandidates(List<Column> columns) {
    this.columns = columns;
  }

  /** The candidates, the likelier columns first. */
  static List<TimeGuess> of(List<Column> columns) {
    TimeCandidates candidates = new TimeCandidates(columns);
    candidates.parts();
    candidates.dateAndClock();
    List<Column> likely = new ArrayList<>(columns);
    likely.sort(
        (a, b) -> {
          int varied = Boolean.compare(a.isConstant(), b.isConstant());
          return varied != 0 ? varied : Boolean.compare(isNamed(b), isNamed(a));
        });
    likely.stream().filter(column -> column.cells() > 0).forEach(candidates::single);
    return candidates.found;
  }

  static boolean isNamed(Column column) {
    return column.name().toLowerCase(Locale.ROOT).strip().matches(TIME_NAMES);
  }

  /** Year, month, day in columns of these names. */
  private void parts() {
    List<String> names = new ArrayList<>();
    for (String part : PARTS) {
      Optional<Column> column =
          columns.stream().filter(each -> each.name().equalsIgnoreCase(part)).findFirst();
      if (column.isEmpty() || !column.get().isWhole()) {
        break;
      }
      names.add(column.get().name());
    }
    if (names.size() >= 3) {
      found.add(TimeGuess.of(TimeSettings.ofParts(names, ZoneOffset.UTC)));
    }
  }

  /** A column of dates and one of times of day are one time. */
  private void dateAndClock() {
    for (Column date : columns) {
      List<String> dates = datesAlone(date);
      for (Column clock : columns) {
        if (dates.isEmpty() || clock == date || clock.cells() == 0) {
          continue;
        }
        if (isHour(clock)) {
          minutes(date, dates, clock);
        }
        for (String pattern : clocks(clock)) {
          dates.forEach(each -> pattern(List.of(date.name(), clock.name()), each + " " + pattern));
        }
      }
    }
  }

  private static List<String> datesAlone(Column column) {
    if (column.isWhole() && column.least() > 0 && DigitForms.date(column).equals("yyyyMMdd")) {
      return List.of("yyyyMMdd");
    }
    List<String> cells = cells(column);
    if (cells.isEmpty() || column.cells() == 0) {
      return List.of();
    }
    boolean iso = cells.stream().allMatch(cell -> cell.matches("\\d{4}-\\d{1,2}-\\d{1,2}"));
    return iso
        ? List.of("yyyy-M-d")
        : TimeForms.patterns(cells).stream()
            .filter(each -> !each.matches(".*[Hh]m.*|.*H.*"))
            .toList();
  }

  /** The 24th hour is the next day's first. */
  private static boolean isHour(Column column) {
    return column.isWhole()
        && column.name().toLowerCase(Locale.ROOT).matches(HOUR_NAMES)
        && column.least() >= 0
        && column.most() <= (column.least() > 0 ? 24 : 23);
  }

  /** Minutes in a column of their own beside the hour's, and seconds beside these. */
  private void minutes(Column date, List<String> dates, Column hour) {
    Optional<Column> minute = part("min(ute)?s?|mm|mi");
    Optional<Column> second = part("sec(ond)?s?|ss");
    if (minute.isEmpty()) {
      return;
    }
    List<String> names = List.of(date.name(), hour.name(), minute.get().name());
    for (String each : dates) {
      if (second.isPresent()) {
        List<String> all = new ArrayList<>(names);
        all.add(second.get().name());
        pattern(all, each + " H m s");
      } else {
        pattern(names, each + " H m");
      }
    }
  }

  private Optional<Column> part(String names) {
    return columns.stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).matches(names))
        .filter(each -> each.isWhole() && each.least() >= 0 && each.most() <= 59)
        .findFirst();
  }

  private static List<String> clocks(Column column) {
    if (isHour(column)) {
      return List.of("H");
    }
    if (DigitForms.isClock(column)) {
      return List.of("HHmm");
    }
    List<String> cells = cells(column);
    return cells.isEmpty() ? List.of() : TimeForms.clockPatterns(cells);
  }

  private static List<String> cells(Column column) {
    return column.usualShapes().stream().map(Column.Cell::text).toList();
  }

  private void single(Column column) {
    if (column.isNumeric() && column.least() <= column.most()) {
      numbers(column);
      return;
    }
    List<String> cells = cells(column);
    if (cells.isEmpty()) {
      return;
    }
    if (cells.stream().allMatch(TimeForms::isIso)) {
      found.add(TimeGuess.of(TimeSettings.of(column.name())));
      return;
    }
    TimeForms.patterns(cells).forEach(each -> pattern(List.of(column.name()), each));
  }

  private void pattern(List<String> names, String pattern) {
    found.add(TimeGuess.of(TimeSettings.ofPattern(names, pattern, ZoneOffset.UTC)));
  }

  private void numbers(Column column) {
    boolean named = isNamed(column);
    if (!named && !column.isAscending()) {
      return;
    }
    if (column.isWhole() && column.least() > 0 && digits(column)) {
      return;
    }
    for (Map.Entry<TimeSettings.Unit, Double> each : units().entrySet()) {
      double seconds = each.getValue();
      if (column.least() * seconds >= EARLIEST && column.most() * seconds <= LATEST) {
        TimeGuess since = guess(column, each.getKey(), Optional.empty());
        found.add(each.getKey() == TimeSettings.Unit.NS ? ticks(column, since) : since);
        return;
      }
    }
    boolean days = column.least() >= 20_000 && column.most() <= 75_000;
    if (named && column.isWhole() && areDaysSince1970(column)) {
      found.add(
          guess(column, TimeSettings.Unit.D, Optional.empty())
              .doubting(
                  column.name()
                      + ": read as days since 1970; days of a spreadsheet would be from "
                      + SPREADSHEETS_BEGIN.plus(Duration.ofDays((long) column.least()))
                      + " on (replay.time takes another start)"));
    } else if (named && days && !column.name().toLowerCase(Locale.ROOT).matches("t|ts|sec.*|ms")) {
      spreadsheet(column);
    } else if (named && !column.name().toLowerCase(Locale.ROOT).matches("day|month|year|quarter")) {
      TimeSettings.Unit unit = unitOf(column.name().toLowerCase(Locale.ROOT));
      found.add(
          guess(column, unit, Optional.empty())
              .doubting(
                  column.name()
                      + ": numbers from "
                      + Numerals.of(column.least())
                      + " to "
                      + Numerals.of(column.most())
                      + ", read as "
                      + unit.name().toLowerCase(Locale.ROOT)
                      + " since 1970 (replay.time takes another unit and start)"));
    }
  }

  /** Numbers that are dates written without a mark. */
  private boolean digits(Column column) {
    boolean years = "%.0f".formatted(column.most()).length() == 4 && isNamed(column);
    if (years && column.least() >= 1600 && column.most() <= 2200) {
      return found.add(TimeGuess.of(TimeSettings.of(column.name())));
    }
    String pattern = DigitForms.date(column);
    if (!pattern.isEmpty()) {
      pattern(List.of(column.name()), pattern);
    }
    return !pattern.isEmpty();
  }

  /** Ticks of .NET, tenths of a microsecond since the year 1, look like nanoseconds of 1990. */
  private static TimeGuess ticks(Column column, TimeGuess nanoseconds) {
    return column.least() < LEAST_TICKS || column.most() > MOST_TICKS
        ? nanoseconds
        : nanoseconds.doubting(
            column.name()
                + ": read as nanoseconds since 1970, from "
                + Instant.ofEpochSecond((long) (column.least() * 1e-9))
                + " on; ticks of .NET would be from "
                + Instant.ofEpochSecond((long) (column.least() * 1e-7) - TICKS_BEGIN)
                + " on (divide them by 10,000,000: replay.time takes seconds with start:"
                + " 0001-01-01T00:00:00Z)");
  }

  private void spreadsheet(Column column) {
    TimeGuess days = guess(column, TimeSettings.Unit.D, Optional.of(SPREADSHEETS_BEGIN));
    found.add(
        column.most() > LEAST_SURE_DAY
            ? days
            : days.doubting(
                column.name()
                    + ": read as days of a spreadsheet, from "
                    + SPREADSHEETS_BEGIN.plus(Duration.ofDays((long) column.least()))
                    + " on; days since 1970 would be from "
                    + Instant.EPOCH.plus(Duration.ofDays((long) column.least()))
                    + " on (replay.time without start reads these)"));
  }

  /**
   * Whether numbers are days of this century so far; those of spreadsheets would be of the last.
   */
  private static boolean areDaysSince1970(Column column) {
    long today = Instant.now().getEpochSecond() / Duration.ofDays(1).toSeconds();
    return column.least() >= 10_957 && column.most() <= today + 1;
  }

  private static TimeGuess guess(Column column, TimeSettings.Unit unit, Optional<Instant> start) {
    return TimeGuess.of(
        Settings.of(
            TimeSettings.class,
            Map.of("columns", List.of(column.name()), "unit", Optional.of(unit), "start", start)));
  }

  /** Seconds of each unit that counts since 1970. */
  private static Map<TimeSettings.Unit, Double> units() {
    Map<TimeSettings.Unit, Double> units = new LinkedHashMap<>();
    units.put(TimeSettings.Unit.S, 1.0);
    units.put(TimeSettings.Unit.MS, 1e-3);
    units.put(TimeSettings.Unit.US, 1e-6);
    units.put(TimeSettings.Unit.NS, 1e-9);
    return units;
  }

  private static TimeSettings.Unit unitOf(String name) {
    if (name.matches(".*(_ms|\\(ms\\)|\\[ms\\]|millis.*)|ms")) {
      return TimeSettings.Unit.MS;
    }
    if (name.matches(".*(_us|\\(us\\)|\\[us\\]|micros.*)|us")) {
      return TimeSettings.Unit.US;
    }
    if (name.matches(".*(_min|\\(min\\)|\\[min\\]|minutes?)")) {
      return TimeSettings.Unit.MIN;
    }
    if (name.matches(".*(_h|\\(h\\)|\\[h\\]|hours?)")) {
      return TimeSettings.Unit.H;
    }
    return name.matches(".*(_d|\\(d\\)|\\[d\\]|days?)") ? TimeSettings.Unit.D : TimeSettings.Unit.S;
  }
}
