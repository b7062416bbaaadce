package dev.eddy.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 5 ms}, {@code 10 s}, {@code 15 min}, {@code 1 h}. */
public final class Durations {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*([a-z]+)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads a number with a unit (ms, s, min, h, d, w), or ISO 8601 ({@code PT10S}).
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Duration parse(String written) {
    Matcher matcher = WRITTEN.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration unit = UNITS.get(matcher.group(2));
      if (unit != null) {
        return unit.multipliedBy(count);
      }
    }
    try {
      return Duration.parse(written.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "must be a number with a unit: ms, s, min, h, d or w, such as 5 ms", e);
    }
  }

  /** Writes a duration so that {@link #parse} reads it: the largest unit that fits. */
  public static String format(Duration duration) {
    if (duration.abs().compareTo(LONGEST) > 0) {
      return duration.toString(); // beyond what can be counted in milliseconds
    }
    long millis = duration.toMillis();
    long[] sizes = {86_400_000, 3_600_000, 60_000, 1000};
    String[] units = {"d", "h", "min", "s"};
    for (int i = 0; i < sizes.length; i++) {
      if (millis != 0 && millis % sizes[i] == 0) {
        return millis / sizes[i] + " " + units[i];
      }
    }
    return millis + " ms";
  }
}
