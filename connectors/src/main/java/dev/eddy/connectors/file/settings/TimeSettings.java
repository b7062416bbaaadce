package dev.eddy.connectors.file.settings;

import dev.eddy.connectors.serde.value.ZoneNames;
import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a row's event time comes from.
 *
 * <ul>
 *   <li>One column: ISO-8601, a date or a time, in {@code zone} where it names none.
 *   <li>With {@code pattern}: one or several columns, joined by a blank, in that pattern.
 *   <li>Three to six columns without pattern: year, month, day, hour, minute, second as numbers.
 *   <li>With {@code unit}: a number of units since {@code start}, by default since 1970 in UTC.
 *   <li>No column: {@code start} is the time of a key's first row in a file, each further row of
 *       the key is {@code step} later.
 * </ul>
 */
@Block(value = "replay.time", inShort = "columns")
public record TimeSettings(
    @Setting(
            about =
                "names as in the file: one of ISO times or, with `pattern` or `unit`, of others;"
                    + " three to six of year, month, day, hour, minute, second; `[]` with `start`"
                    + " and `step`",
            byDefault = "[]")
        List<String> columns,
    @Setting(
            about =
                "how a time is written, such as `dd/MM/yyyy HH:mm:ss`; several columns are joined"
                    + " by a blank",
            byDefault = "none")
        Optional<String> pattern,
    @Setting(about = "of times that name none; `Z` is UTC", byDefault = "Z") ZoneId zone,
    @Setting(
            about = "of a number that is a time, since `start` or else since 1970 in UTC",
            byDefault = "none")
        Optional<Unit> unit,
    @Setting(about = "time of zero, or of a key's first row", byDefault = "none")
        Optional<Instant> start,
    @Setting(
            about = "from row to row of a key where there is no column",
            byDefault = "none",
            least = "1 ms",
            most = "36500 d")
        Optional<Duration> step) {

  private static final Pattern SHORT_YEAR = Pattern.compile("(?<![yu])(yy|uu)(?![yu])");
  private static final LocalDate SHORT_YEARS_BEGIN = LocalDate.of(1950, 1, 1);
  private static final int MOST_PARTS = 6; // year to second
  private static final String GIVEN = "given, or start and step alone";

  /** Unit of a number that is a time. */
  public enum Unit {
    NS(0.000_001),
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
    Settings.check(TimeSettings.class, columns, pattern, zone, unit, start, step);
    if (columns.isEmpty()) {
      boolean stepped = start.isPresent() && step.isPresent();
      require(stepped && pattern.isEmpty() && unit.isEmpty(), "columns", "none", GIVEN);
    } else {
      require(step.isEmpty(), "step", "given", "left out where there are columns");
      require(unit.isEmpty() || pattern.isEmpty(), "unit", "given", "left out with pattern");
      require(unit.isEmpty() || columns.size() == 1, "columns", columns, "one with unit");
      require(start.isEmpty() || unit.isPresent(), "start", "given", "with unit or step");
      boolean parts = columns.size() >= 3 && columns.size() <= MOST_PARTS;
      require(
          columns.size() == 1 || parts || pattern.isPresent(),
          "columns",
          columns,
          "one, or year, month, day and so on, or need pattern");
      pattern.ifPresent(TimeSettings::formatter);
    }
  }

  private static void require(boolean holds, String setting, Object found, String expectation) {
    Require.that(holds, "replay.time." + setting, found, expectation);
  }

  private static boolean isQuoted(String pattern, int at) {
    return pattern.substring(0, at).chars().filter(each -> each == '\'').count() % 2 == 1;
  }

  /** What reads a pattern; a year of two digits is one of 1950 to 2049. */
  public static DateTimeFormatter formatter(String pattern) {
    try {
      DateTimeFormatterBuilder builder =
          new DateTimeFormatterBuilder().parseCaseInsensitive(); // am and AM
      Matcher shortYear = SHORT_YEAR.matcher(pattern);
      int end = 0;
      if (shortYear.find() && !isQuoted(pattern, shortYear.start())) {
        builder =
            ZoneNames.append(builder, pattern.substring(0, shortYear.start()))
                .appendValueReduced(ChronoField.YEAR_OF_ERA, 2, 2, SHORT_YEARS_BEGIN);
        end = shortYear.end();
      }
      return ZoneNames.append(builder, pattern.substring(end)).toFormatter(Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "replay.time.pattern: " + pattern + " (must be a date pattern: " + e.getMessage() + ")");
    }
  }

  /** ISO-8601 in one column. */
  public static TimeSettings of(String column) {
    return of(Map.of("columns", List.of(column)));
  }

  /** Year, month, day and so on in columns of their own. */
  public static TimeSettings ofParts(List<String> columns, ZoneId zone) {
    return of(Map.of("columns", columns, "zone", zone));
  }

  /** Text in a pattern. */
  public static TimeSettings ofPattern(List<String> columns, String pattern, ZoneId zone) {
    return of(Map.of("columns", columns, "pattern", Optional.of(pattern), "zone", zone));
  }

  /** A number of units since a start. */
  public static TimeSettings ofUnits(String column, Unit unit, Instant start) {
    return of(
        Map.of("columns", List.of(column), "unit", Optional.of(unit), "start", Optional.of(start)));
  }

  /** No time in the file: rows at regular distance. */
  public static TimeSettings ofSteps(Instant start, Duration step) {
    return of(Map.of("start", Optional.of(start), "step", Optional.of(step)));
  }

  private static TimeSettings of(Map<String, ?> given) {
    return Settings.of(TimeSettings.class, given);
  }
}
