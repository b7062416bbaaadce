package dev.eddy.model.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks shared by the records of this package; each error names place, value and expectation. A
 * specification is made by a program, or read from a store, which refuses the whole version: so
 * what is wrong with one is no user's mistake.
 */
final class SpecCheck {
  private SpecCheck() {}

  /** Each value above the one before it, and none below {@code least}. */
  static <T extends Comparable<T>> void ascending(String name, List<T> values, T least) {
    T before = null;
    for (T value : values) {
      if (value.compareTo(least) < 0 || (before != null && value.compareTo(before) <= 0)) {
        throw new IllegalArgumentException(
            name + ": " + values + " (must be ascending, each " + least + " or more)");
      }
      before = value;
    }
  }

  static void notEmpty(String name, List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + ": none (must be one or more)");
    }
  }

  static void distinct(String name, List<?> values) {
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw new IllegalArgumentException(name + ": " + value + " twice (must be distinct)");
      }
    }
  }

  static void size(String name, List<?> values, int expected) {
    if (values.size() != expected) {
      throw new IllegalArgumentException(
          name + ": " + values.size() + " values (must be " + expected + ")");
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": " + value + " (must be finite, 0 or more)");
    }
  }
}
