package dev.eddy.connectors.serde.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 of keys: compared without garbage, decoded strictly. */
final class Utf8 {
  private Utf8() {}

  /** Whether the bytes are this text. */
  static boolean equal(String text, byte[] bytes) {
    int length = text.length();
    if (length == bytes.length) {
      int i = 0;
      while (i < length && bytes[i] >= 0 && text.charAt(i) == bytes[i]) {
        i++;
      }
      if (i == length) {
        return true;
      }
    }
    return text.equals(decode(bytes));
  }

  /** The text of the bytes; null where they are not UTF-8. */
  static @Nullable String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
