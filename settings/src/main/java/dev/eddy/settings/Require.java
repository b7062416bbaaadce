package dev.eddy.settings;

/** Checks of settings, worded alike: {@code training.batch: 0 (must be 1 or more)}. */
public final class Require {
  private Require() {}

  public static void that(boolean holds, String name, Object found, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + found + " (must be " + expectation + ")");
    }
  }

  public static void atLeast(int minimum, String name, int found) {
    that(found >= minimum, name, found, minimum + " or more");
  }
}
