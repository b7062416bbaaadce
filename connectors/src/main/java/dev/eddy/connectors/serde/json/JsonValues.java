package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.NOT_FINITE;
import static dev.eddy.connectors.event.Reasons.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.connectors.serde.bytes.LooksLike;
import dev.eddy.connectors.serde.bytes.Utf8;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of a record's fields; a refusal names the field and shows what it holds. */
final class JsonValues {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int FOUND_LIMIT = 80; // characters of a value shown in a detail

  private JsonValues() {}

  /**
   * A number; NaN for null.
   *
   * @param quoted whether it may stand in quotes, where nothing between them is null
   */
  static double number(JsonParser json, JsonToken token, String name, boolean quoted)
      throws IOException, Refusal {
    double number =
        switch (token) {
          case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> json.getDoubleValue();
          case VALUE_STRING -> quoted(json, name, quoted);
          case VALUE_NULL -> Double.NaN;
          default -> throw noNumber(json, name, "");
        };
    boolean missing = token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING;
    // The square of what is as large as a float is a double, too.
    if (Float.isFinite((float) number) || (missing && Double.isNaN(number))) {
      return number;
    }
    throw new Refusal(
        NOT_FINITE, name + ": " + found(json) + " (expected a finite number within ±3.4e38)");
  }

  private static double quoted(JsonParser json, String name, boolean quoted)
      throws IOException, Refusal {
    String text = json.getText().strip();
    if (quoted && text.isEmpty()) {
      return Double.NaN;
    }
    if (!quoted || !NUMBER.matcher(text).matches()) {
      throw noNumber(json, name, quoted ? "" : LooksLike.numberText(text));
    }
    return Double.parseDouble(text);
  }

  private static Refusal noNumber(JsonParser json, String name, String like) throws IOException {
    return new Refusal(
        WRONG_TYPE, name + ": " + found(json) + like + " (expected a number or null)");
  }

  /** Text, or a scalar as text. */
  static @Nullable String text(JsonParser json, JsonToken token, String name)
      throws IOException, Refusal {
    return switch (token) {
      case VALUE_STRING -> carried(json.getText(), name);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> json.getText();
      case VALUE_NULL -> null;
      default ->
          throw new Refusal(WRONG_TYPE, name + ": " + found(json) + " (expected text or null)");
    };
  }

  private static String carried(String text, String name) throws Refusal {
    if (!Utf8.canCarry(text)) {
      throw new Refusal(
          MALFORMED, name + ": " + quote(text) + " (expected text without half a surrogate pair)");
    }
    return text;
  }

  /** The current value, short, for a refusal. */
  static String found(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> quote(json.getText());
      default -> limit(json.getText());
    };
  }

  static String quote(String text) {
    return '"' + limit(oneLine(text)) + '"';
  }

  private static String limit(String text) {
    if (text.length() <= FOUND_LIMIT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(FOUND_LIMIT - 1));
    return text.substring(0, splitsPair ? FOUND_LIMIT - 1 : FOUND_LIMIT) + "…";
  }

  /** The text without breaks, and fit for a header: half a surrogate pair becomes �. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(shown(c)));
    return line.toString();
  }

  private static int shown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.SURROGATE -> '\uFFFD';
      default -> codePoint;
    };
  }
}
