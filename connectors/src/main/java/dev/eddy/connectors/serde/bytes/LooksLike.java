package dev.eddy.connectors.serde.bytes;

import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.KeyCoding;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a record looks like that is no observation, for the detail of its dead letter. Every
 * answer is empty, or goes on a sentence: {@code , which looks like …}.
 */
public final class LooksLike {
  private static final String SO = ", which looks like ";
  private static final int FRAME = 5; // bytes of a schema registry's frame: 0 and an id
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final int LONGEST_NUMBER = 40; // characters
  private static final Pattern LOCAL =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.,]\\d+)?)?");
  private static final Map<String, String> MAGIC = new LinkedHashMap<>();

  // Times from 1980 to 2100 are plausible; in another unit they are none of each other's.
  private static final long EARLIEST = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  static {
    MAGIC.put("\037\213", "gzip");
    MAGIC.put("(\265/\375", "zstd");
    MAGIC.put("\004\"M\030", "lz4");
    MAGIC.put("\377\006\000\000sNaPpY", "snappy");
    MAGIC.put("\202SNAPPY\000", "snappy");
    MAGIC.put("x\001", "zlib");
    MAGIC.put("x\234", "zlib");
    MAGIC.put("x\332", "zlib");
  }

  private LooksLike() {}

  /** Bytes of a value that are no JSON. */
  public static String value(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
      if (head.startsWith(magic.getKey())) {
        return SO
            + magic.getValue()
            + ": compressed by the producer's own code (compression.type of the producer does it"
            + " so that readers see nothing of it)";
      }
    }
    if (head.startsWith("Obj\001")) {
      return SO + "an Avro file";
    }
    if (isFramed(bytes)) {
      return SO + frame(bytes);
    }
    return isWide(head) ? SO + "text in UTF-16 or UTF-32" : "";
  }

  /** A mark of the byte order, or every other byte of what begins like JSON a zero. */
  private static boolean isWide(String head) {
    return head.startsWith("\376\377")
        || head.startsWith("\377\376")
        || head.startsWith("\000\000\376\377")
        || head.matches("(?s)(\000{1,3}[ {\\[\"]\000|[ {\\[\"]\000.?\000).*");
  }

  /** A text that holds what should have been the value itself. */
  public static String object(String text) {
    return text.stripLeading().startsWith("{")
        ? SO + "JSON that was written as text once more"
        : "";
  }

  /** UTF-16 and UTF-32 begin with zeros, too. */
  private static boolean isFramed(byte[] bytes) {
    boolean framed = bytes.length > FRAME && bytes[0] == 0 && bytes[1] == 0;
    boolean wide = bytes.length % 4 == 0 && bytes.length >= 8;
    return framed && !(wide && bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0);
  }

  private static String frame(byte[] bytes) {
    return "schema registry framing: a 0 and schema id " + ByteBuffer.wrap(bytes, 1, 4).getInt();
  }

  /** Bytes of a Kafka key that are no text, or text of control characters. */
  public static String key(byte[] bytes) {
    KeyCoding coding =
        switch (bytes.length) {
          case Integer.BYTES -> KeyCoding.INT;
          case Long.BYTES -> KeyCoding.LONG;
          case 2 * Long.BYTES -> KeyCoding.UUID;
          default -> KeyCoding.UTF8;
        };
    if (coding == KeyCoding.UTF8) {
      return isFramed(bytes) ? SO + frame(bytes) : "";
    }
    return SO
        + KafkaKeys.expected(coding)
        + ", "
        + KafkaKeys.decode(coding, bytes)
        + ": input.key: {decode: "
        + coding.name().toLowerCase(Locale.ROOT)
        + "} reads it";
  }

  /** A number that is no time in milliseconds, or an unlikely one. */
  public static String time(String number) {
    if (!isNumber(number)) {
      return "";
    }
    EpochUnit unit = unit(new BigDecimal(number));
    String named =
        unit == null
            ? ""
            : switch (unit) {
              case S -> "epoch seconds";
              case US -> "epoch microseconds";
              case NS -> "epoch nanoseconds";
              case MS -> "epoch milliseconds";
            };
    return unit == null
        ? ""
        : SO
            + named
            + ": input.time: {unit: "
            + unit.name().toLowerCase(Locale.ROOT)
            + "} reads it";
  }

  // Reading the digits of a number takes the square of their number in time.
  private static boolean isNumber(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
  }

  /** The unit in which a number is a plausible time; null where none makes it one. */
  static @Nullable EpochUnit unit(BigDecimal number) {
    return Arrays.stream(EpochUnit.values())
        .filter(unit -> isPlausible(unit.millis(number)))
        .findFirst()
        .orElse(null);
  }

  private static boolean isPlausible(long millis) {
    return millis >= EARLIEST && millis < LATEST;
  }

  /** Whether a whole number is a plausible time in seconds, and none in milliseconds. */
  public static boolean isSeconds(long number) {
    return number < EARLIEST && number >= EARLIEST / 1000 && number < LATEST / 1000;
  }

  /** A text that is no ISO-8601 time with a zone. */
  public static String timeText(String text) {
    if (isNumber(text)) {
      return SO + "a number in quotes: input.quoted-numbers: true reads it" + also(time(text));
    }
    return LOCAL.matcher(text).matches()
        ? SO + "a time without its zone: input.time: {format: …, zone: …} reads it"
        : "";
  }

  private static String also(String unit) {
    return unit.isEmpty() ? "" : "; as a number it" + unit.substring(", which".length());
  }

  /** A text where a number belongs. */
  public static String numberText(String text) {
    return isNumber(text) ? SO + "a number in quotes: input.quoted-numbers: true reads it" : "";
  }
}
