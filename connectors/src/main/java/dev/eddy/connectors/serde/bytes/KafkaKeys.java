package dev.eddy.connectors.serde.bytes;

import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.settings.UserMistake;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Series keys in the bytes of Kafka keys. */
public final class KafkaKeys {
  private static final int UUID_TEXT = 36;

  private KafkaKeys() {}

  /**
   * The bytes of a series key.
   *
   * @throws UserMistake when it is not what the coding is for
   */
  public static byte[] encode(KeyCoding coding, String key) {
    try {
      return switch (coding) {
        case UTF8 -> text(key);
        case INT -> ByteBuffer.allocate(Integer.BYTES).putInt(Integer.parseInt(key)).array();
        case LONG -> ByteBuffer.allocate(Long.BYTES).putLong(Long.parseLong(key)).array();
        case UUID -> bytes(UUID.fromString(key));
      };
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "key: '" + key + "' (must be such as input.key.decode says: " + expected(coding) + ")",
          e);
    }
  }

  /** The bytes of a series key; as text where it is not what the coding is for. */
  public static byte[] encodeAny(KeyCoding coding, String key) {
    try {
      return encode(coding, key);
    } catch (UserMistake e) { // a record's value may name any series
      return key.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static byte[] text(String key) {
    if (!Utf8.canCarry(key)) { // it would arrive as another key
      throw new UserMistake("key: '" + key + "' (must be text that UTF-8 can carry)");
    }
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(UUID key) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(key.getMostSignificantBits())
        .putLong(key.getLeastSignificantBits())
        .array();
  }

  /** The series key in a Kafka key; null where the bytes are not such as the coding says. */
  public static @Nullable String decode(KeyCoding coding, byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      String key =
          switch (coding) {
            case UTF8 -> Utf8.decode(bytes);
            case INT -> Integer.toString(buffer.getInt());
            case LONG -> Long.toString(buffer.getLong());
            case UUID ->
                bytes.length == UUID_TEXT
                    ? UUID.fromString(new String(bytes, StandardCharsets.US_ASCII)).toString()
                    : new UUID(buffer.getLong(), buffer.getLong()).toString();
          };
      boolean whole =
          coding == KeyCoding.UTF8 || bytes.length == UUID_TEXT || !buffer.hasRemaining();
      return whole ? key : null;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  /** What the bytes must be. */
  public static String expected(KeyCoding coding) {
    return switch (coding) {
      case UTF8 -> "text in UTF-8";
      case INT -> "a whole number in 4 bytes";
      case LONG -> "a whole number in 8 bytes";
      case UUID -> "a UUID in 16 bytes or 36 characters";
    };
  }
}
