package dev.eddy.connectors.serde.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * ISO-8601 times as epoch milliseconds, without garbage in the usual case {@code
 * 2026-01-01T00:00:00Z}. Years 1 to 9999, fractions cut to milliseconds.
 */
public final class IsoTime {
  /** First representable time, {@code 0001-01-01T00:00:00Z}. */
  public static final long MIN = -62_135_596_800_000L;

  /** Last representable time, {@code 9999-12-31T23:59:59.999Z}. */
  public static final long MAX = 253_402_300_799_999L;

  /** What {@link #parse} returns for text that is no time. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long DAY = 86_400_000L;

  private IsoTime() {}

  /** Whether a time can be written in four digits of year. */
  public static boolean inRange(long millis) {
    return millis >= MIN && millis <= MAX;
  }

  /** A time as text; one of more digits of year where it is out of range. */
  public static String text(long millis) {
    if (!inRange(millis)) {
      return Instant.ofEpochMilli(millis).toString();
    }
    byte[] text = new byte[24];
    return new String(text, 0, write(millis, text, 0), StandardCharsets.US_ASCII);
  }

  /** Reads a time with a zone or offset; {@link #INVALID} where it is none. */
  public static long parse(String text) {
    int length = text.length();
    if (length >= 20 && length <= 24 && text.charAt(length - 1) == 'Z') {
      long millis = parseUtc(text, length - 1);
      if (millis != INVALID) {
        return millis;
      }
    }
    return parseGeneral(text);
  }

  private static long parseUtc(String text, int end) {
    if (text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return INVALID;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int fraction = fraction(text, end);
    if (!isDate(year, month, day) || !isClock(hour, minute, second) || fraction < 0) {
      return INVALID;
    }
    long seconds = (hour * 60L + minute) * 60L + second;
    return daysFromCivil(year, month, day) * DAY + seconds * 1000L + fraction;
  }

  private static boolean isDate(int year, int month, int day) {
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
  }

  private static boolean isClock(int hour, int minute, int second) {
    return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  }

  private static int fraction(String text, int end) {
    if (end == 19) {
      return 0;
    }
    int digits = end - 20;
    if (text.charAt(19) != '.' || digits < 1 || digits > 3) {
      return -1;
    }
    int value = digits(text, 20, end);
    return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static long parseGeneral(String text) {
    if (hasEmptyFraction(text)) {
      return INVALID;
    }
    try {
      long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      return inRange(millis) ? millis : INVALID;
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }

  /** Java's formatter takes a point without a digit behind it. */
  private static boolean hasEmptyFraction(String text) {
    int point = text.indexOf('.');
    return point >= 0 && (point + 1 == text.length() || digits(text, point + 1, point + 2) < 0);
  }

  /**
   * Writes {@code yyyy-MM-ddTHH:mm:ss[.SSS]Z} as ASCII.
   *
   * @param millis within {@link #MIN} and {@link #MAX}
   * @param target at least 24 bytes from {@code offset}
   * @return the offset after the last byte written
   */
  static int write(long millis, byte[] target, int offset) {
    long days = Math.floorDiv(millis, DAY);
    int ofDay = (int) Math.floorMod(millis, DAY);
    int at = writeDate(days, target, offset);
    target[at++] = 'T';
    at = two(ofDay / 3_600_000, target, at);
    target[at++] = ':';
    at = two(ofDay / 60_000 % 60, target, at);
    target[at++] = ':';
    at = two(ofDay / 1000 % 60, target, at);
    int fraction = ofDay % 1000;
    if (fraction != 0) {
      target[at++] = '.';
      target[at++] = (byte) ('0' + fraction / 100);
      at = two(fraction % 100, target, at);
    }
    target[at++] = 'Z';
    return at;
  }

  // Days to year, month, day: the "civil from days" algorithm with years that start in March.
  private static int writeDate(long epochDay, byte[] target, int offset) {
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    int at = two(year / 100, target, offset);
    at = two(year % 100, target, at);
    target[at++] = '-';
    at = two(month, target, at);
    target[at++] = '-';
    return two(day, target, at);
  }

  private static int two(int value, byte[] target, int at) {
    target[at] = (byte) ('0' + value / 10);
    target[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  private static long daysFromCivil(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int daysOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }
}
