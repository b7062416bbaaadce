package dev.eddy.pipeline.yaml;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whole numbers in a row, written {@code 1..48}: the first and the last of them. */
final class Ranges {
  private static final BigInteger MOST = BigInteger.valueOf(10_000);
  private static final Pattern WRITTEN = Pattern.compile("(\\d+)\\.\\.(\\d+)");

  private Ranges() {}

  static boolean isRange(String text) {
    return WRITTEN.matcher(text).matches();
  }

  /** The first and the last number as they are written; of what is no range the text itself. */
  static List<String> ends(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches() ? List.of(matcher.group(1), matcher.group(2)) : List.of(text);
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
    BigInteger first = new BigInteger(matcher.group(1));
    BigInteger last = new BigInteger(matcher.group(2));
    boolean ascends = first.compareTo(last) <= 0;
    if (!ascends || last.subtract(first).compareTo(MOST) >= 0 || last.bitLength() >= Integer.SIZE) {
      throw new IllegalArgumentException("ascending, and no more than " + MOST + " numbers");
    }
    return IntStream.rangeClosed(first.intValue(), last.intValue()).boxed().toList();
  }
}
