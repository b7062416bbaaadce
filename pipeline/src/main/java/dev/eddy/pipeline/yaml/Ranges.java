package dev.eddy.pipeline.yaml;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whole numbers in a row, written {@code 1..48}: the first and the last of them. */
final class Ranges {
  private static final int MOST = 10_000;
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

  private Ranges() {}

  static boolean isRange(String text) {
    return WRITTEN.matcher(text).matches();
  }

  /**
   * The numbers of a range.
   *
   * @throws IllegalArgumentException with what was expected
   */
  static List<Integer> read(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a range such as 1..48");
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = Integer.parseInt(matcher.group(2));
    if (last < first || last - first >= MOST) {
      throw new IllegalArgumentException("ascending, and no more than " + MOST + " numbers");
    }
    return IntStream.rangeClosed(first, last).boxed().toList();
  }
}
