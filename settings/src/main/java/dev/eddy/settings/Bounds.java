package dev.eddy.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a number, a duration, or each element of a list of them must keep to. A bound that is empty
 * does not bind.
 */
public record Bounds(String least, String most, String above, String below, boolean ascending) {
  static Bounds of(Setting setting) {
    return new Bounds(
        setting.least(), setting.most(), setting.above(), setting.below(), setting.ascending());
  }

  /** Whether a value, an Optional's content or every element of a list keeps to them. */
  boolean hold(Object value) {
    Object content = Shape.content(value);
    return content instanceof List<?> list
        ? list.stream().allMatch(this::within) && (!ascending || ascends(list))
        : within(content);
  }

  /** Whether a whole number keeps to them, as large as it may be; what is none does. */
  boolean holdWritten(String number) {
    return !number.matches("[+-]?\\d[\\d_]*") || within(new BigDecimal(number.replace("_", "")));
  }

  /** The first element of a list that is outside; the whole list where only its order is wrong. */
  Object culprit(List<?> list) {
    return list.stream()
        .filter(each -> !within(each))
        .map(Object.class::cast)
        .findFirst()
        .orElse(list);
  }

  private boolean within(Object value) {
    if (!(value instanceof Number || value instanceof Duration)) {
      return true;
    }
    double found = number(value);
    return (least.isEmpty() || found >= bound(least, value))
        && (most.isEmpty() || found <= bound(most, value))
        && (above.isEmpty() || found > bound(above, value))
        && (below.isEmpty() || found < bound(below, value));
  }

  private static boolean ascends(List<?> list) {
    for (int i = 1; i < list.size(); i++) {
      if (number(list.get(i)) <= number(list.get(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private static double bound(String text, Object value) {
    return value instanceof Duration ? number(Durations.parse(text)) : Double.parseDouble(text);
  }

  private static double number(Object value) {
    return value instanceof Duration duration
        ? duration.getSeconds() + duration.getNano() * 1e-9
        : ((Number) value).doubleValue();
  }

  /** What they ask for: {@code 1 or more}; empty where they ask for nothing. */
  public String expectation() {
    List<String> parts = new ArrayList<>();
    if (ascending) {
      parts.add("ascending");
    }
    String range = range();
    if (!range.isEmpty()) {
      parts.add((ascending ? "each " : "") + range);
    }
    return String.join(", ", parts);
  }

  private String range() {
    if (!least.isEmpty() && !most.isEmpty()) {
      return least + " to " + most;
    }
    String low = least.isEmpty() ? (above.isEmpty() ? "" : "above " + above) : least + " or more";
    String high = most.isEmpty() ? (below.isEmpty() ? "" : "below " + below) : "at most " + most;
    String and = high.startsWith("at") ? " and " : ", ";
    return low + (low.isEmpty() || high.isEmpty() ? "" : and) + high;
  }
}
