package dev.eddy.pipeline.cli.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes text that came from records, files and brokers safe to show: what a terminal would obey
 * instead of showing, such as escape sequences, line breaks and marks that turn the direction of
 * writing, is written as {@code \n} or {@code \}{@code u001b}.
 */
public final class Printable {
  private Printable() {}

  /** One line of it. */
  public static String line(String text) {
    return escaped(text, false);
  }

  /** A document with its own line breaks. */
  static String document(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      lines.append(lines.length() == 0 ? "" : "\n").append(line(line));
    }
    return lines.toString();
  }

  /** JSON that says the same: where such a character may stand in it, its escape may too. */
  public static String json(String json) {
    return escaped(json, true);
  }

  /** UTF-8, and {@code \xff} for each byte that is none. */
  public static String line(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    StringBuilder text = new StringBuilder();
    while (true) {
      CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
      CoderResult result = decoder.decode(in, out, true);
      text.append(line(out.flip().toString()));
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
      }
      decoder.reset();
    }
  }

  private static String escaped(String text, boolean json) {
    if (text.codePoints().noneMatch(Printable::isObeyed)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              if (isObeyed(each)) {
                escaped.append(escape(each, json));
              } else {
                escaped.appendCodePoint(each);
              }
            });
    return escaped.toString();
  }

  private static String escape(int character, boolean json) {
    boolean layout = json && (character == '\n' || character == '\r' || character == '\t');
    return layout // between JSON's tokens
        ? " "
        : switch (character) {
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          default -> escape(character);
        };
  }

  private static String escape(int character) {
    StringBuilder escape = new StringBuilder();
    for (char half : Character.toChars(character)) {
      escape.append("\\u").append(HexFormat.of().toHexDigits(half));
    }
    return escape.toString();
  }

  private static boolean isObeyed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> character != 0x200C && character != 0x200D && character != 0xAD;
      default -> false;
    };
  }
}
