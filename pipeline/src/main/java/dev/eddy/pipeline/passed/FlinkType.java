package dev.eddy.pipeline.passed;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Says in words what a Flink option takes; Flink knows the type and keeps it to itself. */
final class FlinkType {
  private static final Map<Class<?>, String> WORDS =
      Map.of(
          Integer.class, "a whole number",
          Long.class, "a whole number",
          Float.class, "a number",
          Double.class, "a number",
          Boolean.class, "true or false",
          Duration.class, "a time such as 10 s",
          MemorySize.class, "a size such as 64 mb",
          Map.class, "names with values, such as a:1,b:2");

  private FlinkType() {}

  static boolean isMap(ConfigOption<?> option) {
    return of(option) == Map.class;
  }

  /**
   * What a value must be.
   *
   * @param refusal what Flink has thrown at one that is not
   */
  static String expectation(ConfigOption<?> option, RuntimeException refusal) {
    Class<?> type = of(option);
    if (type.isEnum()) {
      return "one of "
          + Stream.of(type.getEnumConstants())
              .map(each -> each.toString().toUpperCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    String word = WORDS.get(type);
    return word == null ? "as Flink wants it: " + innermost(refusal) : word;
  }

  private static String innermost(Throwable refusal) {
    Throwable cause = refusal;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static Class<?> of(ConfigOption<?> option) {
    try {
      Method type = ConfigOption.class.getDeclaredMethod("getClazz");
      type.setAccessible(true);
      return (Class<?>) type.invoke(option);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return Object.class;
    }
  }
}
