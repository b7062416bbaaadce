package dev.eddy.model.training;

/** Checks of settings, worded alike: {@code training.batch: 0 (must be 1 or more)}. */
final class Require {
  private Require() {}

  static void that(boolean holds, String name, Object found, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + found + " (must be " + expectation + ")");
    }
  }

  static void atLeast(int minimum, String name, int found) {
    that(found >= minimum, name, found, minimum + " or more");
  }
}
