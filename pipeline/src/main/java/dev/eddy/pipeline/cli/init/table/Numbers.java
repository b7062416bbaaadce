package dev.eddy.pipeline.cli.init.table;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How a file writes its numbers: what stands before fractions, and what groups digits. */
public record Numbers(char decimal, Optional<Character> thousands) {
  public static final Numbers PLAIN = new Numbers('.', Optional.empty());
  static final Numbers COMMA = new Numbers(',', Optional.empty());
  static final Numbers GROUPS_BY_COMMA = new Numbers('.', Optional.of(','));
  static final Numbers GROUPS_BY_POINT = new Numbers(',', Optional.of('.'));
  static final Numbers GROUPS_BY_BLANK = new Numbers('.', Optional.of(' '));
  static final Numbers GROUPS_BY_BLANK_COMMA = new Numbers(',', Optional.of(' '));

  static final Numbers GROUPS_BY_APOSTROPHE = new Numbers('.', Optional.of('\''));

  /** All forms, the more usual first. */
  public static final List<Numbers> FORMS =
      List.of(
          PLAIN,
          COMMA,
          GROUPS_BY_COMMA,
          GROUPS_BY_POINT,
          GROUPS_BY_BLANK,
          GROUPS_BY_BLANK_COMMA,
          GROUPS_BY_APOSTROPHE);

  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}( \\d{3})+");

  /** The number that a cell is in this form; empty if it is none. */
  OptionalDouble read(String cell) {
    String text = cell;
    if (thousands.isPresent() && cell.indexOf(thousands.get()) >= 0) {
      char group = thousands.get();
      int end = cell.indexOf(decimal);
      String whole = end < 0 ? cell : cell.substring(0, end);
      if (!GROUPED.matcher(whole.replace(group, ' ')).matches()) {
        return OptionalDouble.empty();
      }
      text = cell.replace(String.valueOf(group), "");
    }
    if (decimal != '.') {
      if (text.indexOf('.') >= 0) {
        return OptionalDouble.empty();
      }
      text = text.replace(decimal, '.');
    }
    return plain(text);
  }

  private static OptionalDouble plain(String text) {
    if (!isPlain(text)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Digits with a sign, a point and an exponent or without: an exception for each is slow. */
  private static boolean isPlain(String text) {
    int at = signed(text, 0);
    int whole = digits(text, at);
    int end = whole < text.length() && text.charAt(whole) == '.' ? digits(text, whole + 1) : whole;
    boolean some = whole > at || end > whole + 1;
    if (some && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      int from = signed(text, end + 1);
      end = digits(text, from);
      some = end > from;
    }
    return some && end == text.length();
  }

  private static int signed(String text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  /** Where the digits from {@code at} on end. */
  private static int digits(String text, int at) {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Whether a cell holds nothing that no form of numbers has: times are told fast. */
  static boolean mayBeNumber(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char each = cell.charAt(i);
      boolean group = each == ',' || each == ' ' || each == '\'';
      boolean mark = group || each == '.' || (each | 0x20) == 'e';
      if (!isDigit(each) && !mark && each != '-' && each != '+') {
        return false;
      }
    }
    return true;
  }

  /** Whether a cell is a number in any form. */
  public static boolean isNumber(String cell) {
    if (!mayBeNumber(cell)) {
      return false;
    }
    for (Numbers form : FORMS) {
      if (form.read(cell).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
