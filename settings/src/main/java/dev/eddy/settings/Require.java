package dev.eddy.settings;

/**
 * Checks of what a user wrote or gave, worded alike: {@code training.batch: 0 (must be 1 or more)}.
 * What only a programming error can get wrong is checked elsewhere, by an {@link
 * IllegalArgumentException} of another type.
 */
public final class Require {
  private Require() {}

  /**
   * Refuses a value unless it {@code holds}.
   *
   * @param place setting, option or file where it was found
   * @param expectation what it must be
   * @throws UserMistake saying all three
   */
  public static void that(boolean holds, String place, Object found, String expectation) {
    if (!holds) {
      throw mistake(place, found, expectation);
    }
  }

  /** Refuses a number below {@code minimum}. */
  public static void atLeast(int minimum, String place, int found) {
    that(found >= minimum, place, found, minimum + " or more");
  }

  /** The mistake to throw where no condition stands, such as at the end of a search. */
  public static UserMistake mistake(String place, Object found, String expectation) {
    return new UserMistake(place + ": " + found + " (must be " + expectation + ")");
  }
}
