package dev.eddy.pipeline.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the text of a YAML scalar into a value of a Java type. */
final class Scalars {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  private Scalars() {}

  /** Whether {@link #read} knows the type. */
  static boolean reads(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || Number.class.isAssignableFrom(type)
        || type == Boolean.class
        || type == String.class
        || type == Character.class
        || type == Duration.class
        || type == Instant.class
        || type == LocalDate.class
        || type == Path.class
        || ZoneId.class.isAssignableFrom(type)
        || factory(type).isPresent();
  }

  /**
   * Reads {@code text}.
   *
   * @param folder where relative paths begin
   * @param zone of a date or a time that comes without an offset
   * @throws IllegalArgumentException with what was expected, {@code must be …}
   */
  static Object read(String text, Class<?> type, Path folder, ZoneId zone) {
    if (type == String.class) {
      return text;
    }
    if (type == int.class || type == Integer.class) {
      return whole(text, Integer::valueOf);
    }
    if (type == long.class || type == Long.class) {
      return whole(text, Long::valueOf);
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
    if (type == Instant.class || type == LocalDate.class || ZoneId.class.isAssignableFrom(type)) {
      return time(text, type, zone);
    }
    return factory(type).map(method -> create(method, text)).orElseGet(() -> constant(text, type));
  }

  private static Object whole(String text, java.util.function.Function<String, Object> parser) {
    try {
      return parser.apply(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
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

  /** A public static {@code of(String)} or {@code parse(String)} that returns the type itself. */
  private static Optional<Method> factory(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("of") || method.getName().equals("parse"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> type.isAssignableFrom(method.getReturnType()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst();
  }

  private static Object create(Method factory, String text) {
    try {
      return factory.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new IllegalArgumentException(expectation(wrong.getMessage()), wrong);
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part within brackets of {@code place: found (must be …)}; else the whole message. */
  private static String expectation(@Nullable String message) {
    String text = String.valueOf(message);
    int open = text.indexOf("(");
    return open >= 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
  }

  private static Object constant(String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (kebab(((Enum<?>) constant).name()).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "must be "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> kebab(((Enum<?>) constant).name()))
                .collect(Collectors.joining(" or ")));
  }

  private static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
