package dev.eddy.pipeline.cli.init;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How a file writes its numbers: what stands before fractions, and what groups digits. */
record Numbers(char decimal, Optional<Character> thousands) {
  static final Numbers PLAIN = new Numbers('.', Optional.empty());
  static final Numbers COMMA = new Numbers(',', Optional.empty());
  static final Numbers GROUPS_BY_COMMA = new Numbers('.', Optional.of(','));
  static final Numbers GROUPS_BY_POINT = new Numbers(',', Optional.of('.'));
  static final Numbers GROUPS_BY_BLANK = new Numbers('.', Optional.of(' '));
  static final Numbers GROUPS_BY_BLANK_COMMA = new Numbers(',', Optional.of(' '));

  /** All forms, the more usual first. */
  static final Numbers[] FORMS = {
    PLAIN, COMMA, GROUPS_BY_COMMA, GROUPS_BY_POINT, GROUPS_BY_BLANK, GROUPS_BY_BLANK_COMMA
  };

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
    int length = text.length();
    if (length == 0) {
      return OptionalDouble.empty();
    }
    char last = text.charAt(length - 1);
    char first = text.charAt(0);
    boolean starts = isDigit(first) || first == '-' || first == '+' || first == '.';
    if (!starts || !(isDigit(last) || last == '.')) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Whether a cell is a number in any form. */
  static boolean isNumber(String cell) {
    for (Numbers form : FORMS) {
      if (form.read(cell).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
