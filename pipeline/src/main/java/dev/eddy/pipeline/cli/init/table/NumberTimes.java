package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says how a column of numbers may hold a file's times, by their size and the column's name. */
final class NumberTimes {
  private static final Instant SPREADSHEETS_BEGIN = Instant.parse("1899-12-30T00:00:00Z");
  private static final int LEAST_SURE_DAY = 30_000; // of a spreadsheet: before is 1982
  private static final double EARLIEST = 315_532_800; // 1980, in seconds
  private static final double LATEST = 4_102_444_800.0; // 2100
  private static final double LEAST_TICKS = 6.2e17; // 1965
  private static final double MOST_TICKS = 6.6e17; // 2092
  private static final long TICKS_BEGIN = 62_135_596_800L; // seconds from year 1 to 1970

  private NumberTimes() {}

  /** How the numbers of a column are times; empty if nothing says that they are. */
  static Optional<TimeGuess> of(Column column) {
    boolean named = TimeCandidates.isNamed(column);
    if (!named && !column.isAscending()) {
      return Optional.empty();
    }
    return digits(column)
        .or(() -> sinceEpoch(column))
        .or(() -> named ? byName(column) : Optional.empty());
  }

  /** Seconds since 1970, or a part of them, of which years come out that a file may be of. */
  private static Optional<TimeGuess> sinceEpoch(Column column) {
    for (Map.Entry<TimeSettings.Unit, Double> each : units().entrySet()) {
      double seconds = each.getValue();
      if (column.least() * seconds >= EARLIEST && column.most() * seconds <= LATEST) {
        TimeGuess since = guess(column, each.getKey(), Optional.empty());
        return Optional.of(each.getKey() == TimeSettings.Unit.NS ? ticks(column, since) : since);
      }
    }
    return Optional.empty();
  }

  /** Of a column that is called a time, and whose numbers may count anything. */
  private static Optional<TimeGuess> byName(Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    boolean days = column.least() >= 20_000 && column.most() <= 75_000;
    if (column.isWhole() && areDaysSince1970(column)) {
      return Optional.of(
          guess(column, TimeSettings.Unit.D, Optional.empty())
              .doubting(
                  column.name()
                      + ": read as days since 1970; days of a spreadsheet would be from "
                      + SPREADSHEETS_BEGIN.plus(Duration.ofDays((long) column.least()))
                      + " on (replay.time takes another start)"));
    }
    if (days && !name.matches("t|ts|sec.*|ms")) {
      return Optional.of(spreadsheet(column));
    }
    return name.matches("day|month|year|quarter") ? Optional.empty() : Optional.of(unsure(column));
  }

  private static TimeGuess unsure(Column column) {
    TimeSettings.Unit unit = unitOf(column.name().toLowerCase(Locale.ROOT));
    return guess(column, unit, Optional.empty())
        .doubting(
            column.name()
                + ": numbers from "
                + Numerals.of(column.least())
                + " to "
                + Numerals.of(column.most())
                + ", read as "
                + unit.name().toLowerCase(Locale.ROOT)
                + " since 1970 (replay.time takes another unit and start)");
  }

  /** Numbers that are dates written without a mark. */
  private static Optional<TimeGuess> digits(Column column) {
    if (!column.isWhole() || column.least() <= 0) {
      return Optional.empty();
    }
    boolean years = "%.0f".formatted(column.most()).length() == 4 && TimeCandidates.isNamed(column);
    if (years && column.least() >= 1600 && column.most() <= 2200) {
      return Optional.of(TimeGuess.of(TimeSettings.of(column.name())));
    }
    String pattern = DigitForms.date(column);
    return pattern.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TimeGuess.of(TimeSettings.ofPattern(List.of(column.name()), pattern, ZoneOffset.UTC)));
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

  private static TimeGuess spreadsheet(Column column) {
    TimeGuess days = guess(column, TimeSettings.Unit.D, Optional.of(SPREADSHEETS_BEGIN));
    return column.most() > LEAST_SURE_DAY
        ? days
        : days.doubting(
            column.name()
                + ": read as days of a spreadsheet, from "
                + SPREADSHEETS_BEGIN.plus(Duration.ofDays((long) column.least()))
                + " on; days since 1970 would be from "
                + Instant.EPOCH.plus(Duration.ofDays((long) column.least()))
                + " on (replay.time without start reads these)");
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
