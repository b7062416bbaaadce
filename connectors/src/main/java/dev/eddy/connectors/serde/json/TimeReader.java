package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.INVALID_TIME;
import static dev.eddy.connectors.event.Reasons.WRONG_TYPE;
import static dev.eddy.connectors.serde.json.JsonValues.found;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.serde.bytes.LooksLike;
import dev.eddy.connectors.serde.value.ZoneNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads times as the records of a deployment hold them. ISO-8601 with a zone is always read. */
final class TimeReader {
  private final @Nullable EpochUnit unit;
  private final @Nullable DateTimeFormatter format;
  private final ZoneId zone;
  private final boolean quotedNumbers;
  private final String expected;

  TimeReader(RecordLayout layout) {
    unit = layout.timeUnit();
    format =
        layout.timeFormat() == null
            ? null
            : ZoneNames.append(new DateTimeFormatterBuilder(), layout.timeFormat())
                .toFormatter(Locale.ENGLISH);
    zone = layout.timeZone();
    quotedNumbers = layout.quotedNumbers();
    expected =
        " (expected ISO-8601 with a zone, such as 2026-01-01T00:00:00Z"
            + (format == null ? "" : ", or the pattern " + layout.timeFormat())
            + ", or epoch "
            + name(unit)
            + ", within years 1 to 9999)";
  }

  private static String name(@Nullable EpochUnit unit) {
    return unit == null
        ? "milliseconds"
        : switch (unit) {
          case S -> "seconds";
          case MS -> "milliseconds";
          case US -> "microseconds";
          case NS -> "nanoseconds";
        };
  }

  /** What a time must be. */
  String expected() {
    return expected;
  }

  /** A time in epoch milliseconds; not for null. */
  long read(JsonParser json, JsonToken token) throws IOException, Refusal {
    long time =
        switch (token) {
          case VALUE_STRING -> text(json.getText().strip());
          case VALUE_NUMBER_INT -> number(json);
          case VALUE_NUMBER_FLOAT -> fraction(json);
          default -> throw refusal(WRONG_TYPE, json, "");
        };
    if (!IsoTime.inRange(time)) {
      String text = json.getText();
      String like =
          token == JsonToken.VALUE_STRING ? LooksLike.timeText(text) : LooksLike.time(text);
      throw refusal(INVALID_TIME, json, like);
    }
    return time;
  }

  private long number(JsonParser json) throws IOException, Refusal {
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return IsoTime.INVALID;
    }
    long number = json.getLongValue();
    if (unit != null) {
      return unit.millis(number);
    }
    if (LooksLike.isSeconds(number)) {
      throw refusal(INVALID_TIME, json, LooksLike.time(json.getText()));
    }
    return number;
  }

  /** Who names a unit may send parts of it. */
  private long fraction(JsonParser json) throws IOException, Refusal {
    String text = json.getText();
    if (unit == null || !isNumber(text)) {
      throw refusal(WRONG_TYPE, json, LooksLike.time(text));
    }
    return unit.millis(new BigDecimal(text));
  }

  private long text(String text) {
    long time = IsoTime.parse(text);
    if (time == IsoTime.INVALID && format != null) {
      time = formatted(format, text);
    }
    if (time == IsoTime.INVALID && quotedNumbers && isNumber(text)) {
      BigDecimal number = new BigDecimal(text);
      boolean seconds = unit == null && LooksLike.isSeconds(EpochUnit.MS.millis(number));
      time = seconds ? IsoTime.INVALID : (unit == null ? EpochUnit.MS : unit).millis(number);
    }
    return time;
  }

  /** Exponents of many digits would make numbers of as many. */
  private static boolean isNumber(String text) {
    return text.length() <= 40 && text.matches("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d{1,2})?");
  }

  private long formatted(DateTimeFormatter pattern, String text) {
    try {
      TemporalAccessor parsed =
          pattern.parseBest(
              text, OffsetDateTime::from, Instant::from, LocalDateTime::from, LocalDate::from);
      return instant(parsed).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return IsoTime.INVALID;
    }
  }

  private Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof LocalDate date) {
      return date.atStartOfDay(zone).toInstant();
    }
    return parsed instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : Instant.from(parsed);
  }

  private Refusal refusal(String reason, JsonParser json, String like) throws IOException {
    return new Refusal(reason, "time: " + found(json) + like + expected);
  }
}
