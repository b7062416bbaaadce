package dev.eddy.settings;

/** Checks of settings, worded alike: {@code training.batch: 0 (must be 1 or more)}. */
public final class Require {
  private Require() {}

  /**
   * Requires what the user must have seen to.
   *
   * @throws UserMistake when it does not hold
   */
  public static void that(boolean holds, String name, Object found, String expectation) {
    if (!holds) {
      throw new UserMistake(name + ": " + found + " (must be " + expectation + ")");
    }
  }
}
