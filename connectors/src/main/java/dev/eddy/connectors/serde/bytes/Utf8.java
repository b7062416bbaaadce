package dev.eddy.connectors.serde.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 of keys and values: checked and compared without garbage, decoded strictly. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Whether the bytes are text: every character in its one form, and no half of a pair. */
  public static boolean isText(byte[] bytes) {
    int i = 0;
    while (i + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i == bytes.length || decode(bytes) != null;
  }

  /** Whether UTF-8 can carry a text: it has no half of a surrogate pair. */
  public static boolean canCarry(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text));
      }
    }
    return true;
  }

  /** Whether the bytes are this text. */
  public static boolean equal(String text, byte[] bytes) {
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
