package dev.eddy.settings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.function.Function;

/** Turns text, of a YAML scalar or a declared default, into a value of a Java type. */
public final class Scalars {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  private Scalars() {}

  /** How a truth may be written. */
  public static Set<String> words(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  /**
   * Reads {@code text}.
   *
   * @param folder where relative paths begin
   * @param zone of a date or a time that comes without an offset
   * @throws IllegalArgumentException with what was expected, {@code must be …}
   */
  public static Object read(String text, Class<?> type, Path folder, ZoneId zone) {
    if (type == String.class) {
      return text;
    }
    if (type == int.class || type == Integer.class) {
      return whole(text, Integer::valueOf, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return whole(text, Long::valueOf, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return real(text);
    }
    if (type == float.class || type == Float.class) {
      return (float) (double) real(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type == char.class || type == Character.class) {
      return character(text);
    }
    if (type == Duration.class) {
      return Durations.parse(text);
    }
    if (type == Path.class) {
      return folder.resolve(text).normalize();
    }
    if (type == Instant.class || type == LocalDate.class || type == ZoneId.class) {
      return time(text, type, zone);
    }
    return constant(text, type);
  }

  private static Object whole(String text, Function<String, Object> parser, long least, long most) {
    String digits = text.replace("_", "");
    try {
      return parser.apply(digits);
    } catch (NumberFormatException e) {
      boolean tooLarge = digits.matches("[+-]?\\d+");
      throw new IllegalArgumentException(
          "must be a whole number" + (tooLarge ? " from " + least + " to " + most : ""), e);
    }
  }

  private static Double real(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
  }

  private static Boolean truth(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    throw new IllegalArgumentException("must be true or false");
  }

  private static Character character(String text) {
    if (text.equals("\\t") || text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new IllegalArgumentException("must be one character");
    }
    return text.charAt(0);
  }

  private static Object time(String text, Class<?> type, ZoneId zone) {
    try {
      if (type == LocalDate.class) {
        return LocalDate.parse(text);
      }
      return type == Instant.class ? instant(text, zone) : ZoneId.of(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          type == Instant.class
              ? "must be a date or a time such as 2015-01-01 or 2015-01-01T00:00:00Z"
              : "must be a date such as 2015-01-01",
          e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time zone such as UTC or Asia/Shanghai", e);
    }
  }

  private static Instant instant(String text, ZoneId zone) {
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    boolean hasOffset = text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
    return hasOffset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  private static Object constant(String text, Class<?> type) {
    int index = Words.all(type).indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException("must be " + Words.oneOf(Words.all(type)));
    }
    return type.getEnumConstants()[index];
  }
}
