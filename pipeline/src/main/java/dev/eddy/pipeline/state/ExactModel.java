package dev.eddy.pipeline.state;

/**
 * Says beyond doubt which model made a key's state: its version's number, which may be given anew
 * where a store is wiped, and the digest of what it is made of, kept as four numbers because it
 * travels with every step of a key.
 *
 * @param version its number
 * @param first bits 0 to 63 of the SHA-256 of its {@code model.json}; all four are 0 where an older
 *     Eddy stored the number alone
 * @param second bits 64 to 127
 * @param third bits 128 to 191
 * @param fourth bits 192 to 255
 */
public record ExactModel(int version, long first, long second, long third, long fourth) {
  private static final int DIGITS = 16; // hexadecimal, of a long
  private static final int LENGTH = 4 * DIGITS;

  /** The version of a digest; an {@link #undigested} one where the text is no SHA-256. */
  public static ExactModel of(int version, String digest) {
    if (!digest.matches("[0-9a-f]{" + LENGTH + "}")) {
      return undigested(version);
    }
    return new ExactModel(
        version, part(digest, 0), part(digest, 1), part(digest, 2), part(digest, 3));
  }

  /** A version of which nothing but the number is known. */
  public static ExactModel undigested(int version) {
    return new ExactModel(version, 0, 0, 0, 0);
  }

  private static long part(String digest, int part) {
    return Long.parseUnsignedLong(digest, part * DIGITS, (part + 1) * DIGITS, 16);
  }

  /** The SHA-256; only zeros where it is not known. */
  public String digest() {
    return String.format("%016x%016x%016x%016x", first, second, third, fourth);
  }

  /** Whether more than the number is known. */
  public boolean isDigested() {
    return (first | second | third | fourth) != 0;
  }
}
