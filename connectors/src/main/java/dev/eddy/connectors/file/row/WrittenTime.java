package dev.eddy.connectors.file.row;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time as text says it in one of the forms that need no pattern: ISO-8601 with a blank or {@code
 * T}, extended or basic, a point or a comma before fractions, an offset with or without minutes and
 * colon, {@code Z}, {@code UTC} or {@code GMT} behind it; a date, a week, a month, a quarter, a
 * year alone; RFC 1123.
 *
 * @param local on the clock that was read
 * @param offset of that clock; null where the text has none
 */
public record WrittenTime(LocalDateTime local, @Nullable ZoneOffset offset) {
  private static final DateTimeFormatter RFC_1123 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.RFC_1123_DATE_TIME)
          .toFormatter(Locale.ENGLISH);

  /**
   * Reads a time.
   *
   * @throws DateTimeException if the text is in none of these forms
   */
  public static WrittenTime parse(String text) {
    if (!text.isEmpty() && Character.isLetter(text.charAt(0))) {
      OffsetDateTime found = OffsetDateTime.parse(text, RFC_1123);
      return new WrittenTime(found.toLocalDateTime(), found.getOffset());
    }
    return new Scanner(text).time();
  }

  /** Reads along a text. */
  private static final class Scanner {
    private static final int NANO_DIGITS = 9;

    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    WrittenTime time() {
      LocalDateTime local = dateAndTime();
      ZoneOffset offset = offset();
      if (at != text.length()) {
        throw wrong();
      }
      return new WrittenTime(local, offset);
    }

    private LocalDateTime dateAndTime() {
      LocalDate date = date();
      boolean marked = skip('T') || skip('t');
      boolean clock = marked || (blanks() && isDigit());
      return clock ? clock(date) : date.atStartOfDay();
    }

    private LocalDate date() {
      int year = digits(4);
      if (at == text.length()) {
        return LocalDate.of(year, 1, 1);
      }
      boolean extended = skip('-');
      if (skip('W')) {
        return week(year, extended);
      }
      if (skip('Q')) {
        return LocalDate.of(year, 1, 1).with(IsoFields.QUARTER_OF_YEAR, digits(1));
      }
      int month = extended ? upTo(2) : digits(2);
      if (at == text.length()) {
        if (!extended) {
          throw wrong(); // six digits are no month: 202501 may be anything
        }
        return LocalDate.of(year, month, 1);
      }
      if (extended && !skip('-')) {
        throw wrong();
      }
      return LocalDate.of(year, month, extended ? upTo(2) : digits(2));
    }

    private LocalDate week(int year, boolean extended) {
      int week = digits(2);
      boolean named = extended ? skip('-') : isDigit();
      int day = named ? digits(1) : 1;
      LocalDate first = LocalDate.of(year, 1, 4).with(WeekFields.ISO.dayOfWeek(), 1);
      LocalDate found = first.plusWeeks(week - 1L).plusDays(day - 1L);
      if (week < 1 || day < 1 || day > 7 || found.get(IsoFields.WEEK_BASED_YEAR) != year) {
        throw wrong();
      }
      return found;
    }

    private LocalDateTime clock(LocalDate date) {
      int hour = digits(2);
      boolean extended = skip(':');
      int minute = isDigit() ? digits(2) : 0;
      int second = 0;
      if (extended ? skip(':') : isDigit()) {
        second = digits(2);
      }
      int nano = skip('.') || skip(',') ? fraction() : 0;
      boolean midnight = hour == 24 && minute == 0 && second == 0 && nano == 0;
      LocalDateTime time = date.atTime(midnight ? 0 : hour, minute, second, nano);
      return midnight ? time.plusDays(1) : time;
    }

    private int fraction() {
      int from = at;
      int value = 0;
      while (isDigit()) {
        if (at - from < NANO_DIGITS) {
          value = value * 10 + text.charAt(at) - '0';
        }
        at++;
      }
      if (at == from) {
        throw wrong();
      }
      for (int digits = at - from; digits < NANO_DIGITS; digits++) {
        value *= 10;
      }
      return value;
    }

    private @Nullable ZoneOffset offset() {
      var unused = blanks();
      String rest = text.substring(at);
      if (rest.isEmpty()) {
        return null;
      }
      at = text.length();
      return switch (rest) {
        case "Z", "z", "UTC", "GMT", "utc", "gmt" -> ZoneOffset.UTC;
        default -> ZoneOffset.of(rest.replace('\u2212', '-')); // a typographer's minus
      };
    }

    private boolean blanks() {
      int from = at;
      while (skip(' ')) {}
      return at > from;
    }

    private boolean skip(char expected) {
      boolean found = at < text.length() && text.charAt(at) == expected;
      at += found ? 1 : 0;
      return found;
    }

    private boolean isDigit() {
      return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private int digits(int count) {
      int from = at;
      int value = upTo(count);
      if (at - from != count) {
        throw wrong();
      }
      return value;
    }

    private int upTo(int most) {
      int from = at;
      int value = 0;
      while (at - from < most && isDigit()) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      if (at == from) {
        throw wrong();
      }
      return value;
    }

    private DateTimeException wrong() {
      return new DateTimeException("no time at " + (at + 1));
    }
  }
}
