package dev.eddy.pipeline.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats text for HTML, which is written so that an XML parser reads it too. */
final class Markup {
  private static final MathContext SHORT = new MathContext(6);

  private Markup() {}

  /** Text with its special characters replaced; control characters, which no page may hold, too. */
  static String escape(String text) {
    return text.codePoints().mapToObj(Markup::escape).collect(Collectors.joining());
  }

  private static String escape(int character) {
    return switch (character) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\n', '\t' -> Character.toString(character);
      default ->
          Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
              ? "\\u" + HexFormat.of().toHexDigits((char) character)
              : Character.toString(character);
    };
  }

  /** A formatted piece of markup, with a point as the decimal mark everywhere. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** A number without the digits that come of its being binary. */
  static String number(double value) {
    return new BigDecimal(value).round(SHORT).stripTrailingZeros().toPlainString();
  }
}
