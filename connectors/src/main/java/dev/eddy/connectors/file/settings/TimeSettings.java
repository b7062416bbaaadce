package dev.eddy.connectors.file.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a row's event time comes from. In short, {@code time: date} is {@code time: {columns:
 * [date]}}.
 *
 * <ul>
 *   <li>One column: ISO-8601, a date or a time, in {@code zone} where it names none.
 *   <li>With {@code pattern}: one or several columns, joined by a blank, in that pattern.
 *   <li>Three to six columns without pattern: year, month, day, hour, minute, second as numbers.
 *   <li>With {@code unit}: a number of units since {@code start}, by default since 1970 in UTC.
 *   <li>No column: {@code start} is the time of a key's first row in a file, each further row of
 *       the key is {@code step} later.
 * </ul>
 *
 * @param columns names as in the file; one name may stand without brackets
 * @param pattern of {@code DateTimeFormatter}, such as {@code dd/MM/yyyy HH:mm:ss}
 * @param zone of times that name none; default UTC
 * @param unit {@code us}, {@code ms}, {@code s}, {@code min}, {@code h} or {@code d}
 * @param start time of zero, or of a key's first row
 * @param step from row to row of a key where there is no column
 */
public record TimeSettings(
    List<String> columns,
    Optional<String> pattern,
    ZoneId zone,
    Optional<Unit> unit,
    Optional<Instant> start,
    Optional<Duration> step) {

  public static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;

  private static final int MOST_PARTS = 6; // year to second

  /** Unit of a number that is a time. */
  public enum Unit {
    US(0.001),
    MS(1),
    S(1000),
    MIN(60_000),
    H(3_600_000),
    D(86_400_000);

    private final double millis;

    Unit(double millis) {
      this.millis = millis;
    }

    public double millis() {
      return millis;
    }
  }

  public TimeSettings {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      require(
          start.isPresent() && step.isPresent(),
          "columns: none (must be given, or start and step)");
      require(pattern.isEmpty() && unit.isEmpty(), "columns: none (must be given)");
      require(
          !step.get().isNegative() && !step.get().isZero(),
          "step: " + step.get() + " (must be longer than nothing)");
    } else {
      require(step.isEmpty(), "step: given (only where there are no columns)");
      require(unit.isEmpty() || pattern.isEmpty(), "unit: given (only without pattern)");
      require(unit.isEmpty() || columns.size() == 1, "columns: " + columns + " (unit needs one)");
      require(start.isEmpty() || unit.isPresent(), "start: given (only with unit or step)");
      boolean parts = columns.size() >= 3 && columns.size() <= MOST_PARTS;
      require(
          columns.size() == 1 || parts || pattern.isPresent(),
          "columns: " + columns + " (must be one, or year, month, day and so on, or need pattern)");
      pattern.ifPresent(TimeSettings::formatter);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("time." + otherwise);
    }
  }

  public static DateTimeFormatter formatter(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "time.pattern: " + pattern + " (must be a date pattern: " + e.getMessage() + ")", e);
    }
  }

  /** ISO-8601 in one column. */
  public static TimeSettings of(String column) {
    return new TimeSettings(
        List.of(column),
        Optional.empty(),
        DEFAULT_ZONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Year, month, day and so on in columns of their own. */
  public static TimeSettings ofParts(List<String> columns, ZoneId zone) {
    return new TimeSettings(
        columns, Optional.empty(), zone, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Text in a pattern. */
  public static TimeSettings ofPattern(List<String> columns, String pattern, ZoneId zone) {
    return new TimeSettings(
        columns, Optional.of(pattern), zone, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A number of units since a start. */
  public static TimeSettings ofUnits(String column, Unit unit, Instant start) {
    return new TimeSettings(
        List.of(column),
        Optional.empty(),
        DEFAULT_ZONE,
        Optional.of(unit),
        Optional.of(start),
        Optional.empty());
  }

  /** No time in the file: rows at regular distance. */
  public static TimeSettings ofSteps(Instant start, Duration step) {
    return new TimeSettings(
        List.of(),
        Optional.empty(),
        DEFAULT_ZONE,
        Optional.empty(),
        Optional.of(start),
        Optional.of(step));
  }
}
