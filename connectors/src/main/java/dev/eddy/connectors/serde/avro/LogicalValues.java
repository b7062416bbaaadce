package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.serde.json.IsoTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What numbers and bytes mean by the logical type of their schema: timestamps become ISO-8601 text,
 * local ones the same without a zone, dates {@code 2026-01-01}, decimals numbers, UUIDs text.
 */
final class LogicalValues {
  private static final int LONGEST_DECIMAL = 64; // bytes; the digits of more take long to find
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private LogicalValues() {}

  /** A number that is a time, as text; null where it is none, or no sooner known than its day. */
  static @Nullable String time(LogicalType meaning, long value) throws IOException {
    try {
      return switch (meaning.getName()) {
        case "timestamp-millis" -> IsoTime.text(value);
        case "timestamp-micros" -> IsoTime.text(Math.floorDiv(value, 1_000L));
        case "timestamp-nanos" -> IsoTime.text(Math.floorDiv(value, 1_000_000L));
        case "local-timestamp-millis" -> local(value);
        case "local-timestamp-micros" -> local(Math.floorDiv(value, 1_000L));
        case "local-timestamp-nanos" -> local(Math.floorDiv(value, 1_000_000L));
        case "date" -> LocalDate.ofEpochDay(value).toString();
        default -> null;
      };
    } catch (DateTimeException e) {
      throw new IOException(meaning.getName() + ": " + value + ": no time", e);
    }
  }

  /** What a whole number counts since 1970, where it may be a time; null where it may not. */
  static @Nullable EpochUnit unit(@Nullable LogicalType meaning, EpochUnit plain) {
    return meaning == null
        ? plain
        : switch (meaning.getName()) {
          case "timestamp-millis" -> EpochUnit.MS;
          case "timestamp-micros" -> EpochUnit.US;
          case "timestamp-nanos" -> EpochUnit.NS;
          default -> null;
        };
  }

  /** A time in milliseconds as that number. */
  static long count(EpochUnit unit, long millis) {
    return switch (unit) {
      case S -> Math.floorDiv(millis, 1_000L);
      case MS -> millis;
      case US -> Math.multiplyExact(millis, 1_000L);
      case NS -> Math.multiplyExact(millis, 1_000_000L);
    };
  }

  private static String local(long millis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    String seconds = LOCAL.format(time);
    long fraction = Math.floorMod(millis, 1_000L);
    return fraction == 0 ? seconds : seconds + "." + Long.toString(1_000 + fraction).substring(1);
  }

  /** Whether bytes are a decimal number. */
  static boolean isDecimal(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal;
  }

  /** The number. */
  static BigDecimal decimal(Schema schema, byte[] unscaled) throws IOException {
    if (unscaled.length == 0 || unscaled.length > LONGEST_DECIMAL) {
      throw new IOException("decimal of " + unscaled.length + " bytes");
    }
    int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** Bytes that are no number. */
  static String text(Schema schema, byte[] value) {
    boolean uuid = schema.getLogicalType() instanceof LogicalTypes.Uuid && value.length == 16;
    if (uuid) {
      ByteBuffer buffer = ByteBuffer.wrap(value);
      return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
    return Base64.getEncoder().encodeToString(value);
  }
}
