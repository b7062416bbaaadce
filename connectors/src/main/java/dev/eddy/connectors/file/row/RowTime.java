package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.serde.json.IsoTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;

/** Reads a row's event time, as {@link TimeSettings} says. */
sealed interface RowTime {
  /**
   * The time of a row in epoch milliseconds.
   *
   * @param cells the time columns' cells, trimmed
   * @param row the number of the row, from 0
   * @throws DateTimeException or NumberFormatException saying what is wrong with the cells
   */
  long read(List<String> cells, long row);

  /** What the cells should look like, for errors. */
  String expected();

  static RowTime of(TimeSettings settings) {
    if (settings.step().isPresent() && settings.start().isPresent()) {
      return new Steps(settings.start().get().toEpochMilli(), settings.step().get().toMillis());
    }
    if (settings.unit().isPresent()) {
      long start = settings.start().map(instant -> instant.toEpochMilli()).orElse(0L);
      return new Units(start, settings.unit().get());
    }
    if (settings.pattern().isPresent()) {
      String pattern = settings.pattern().get();
      return new Pattern(pattern, TimeSettings.formatter(pattern), settings.zone());
    }
    return settings.columns().size() == 1
        ? new Iso(settings.zone())
        : new DateParts(settings.zone());
  }

  /** No time in the file. */
  record Steps(long start, long step) implements RowTime {
    @Override
    public long read(List<String> cells, long row) {
      return Math.addExact(start, Math.multiplyExact(row, step));
    }

    @Override
    public String expected() {
      return "a time within years 1 to 9999";
    }
  }

  /** A number of units since a start. */
  record Units(long start, TimeSettings.Unit unit) implements RowTime {
    @Override
    public long read(List<String> cells, long row) {
      double millis = Double.parseDouble(cells.get(0)) * unit.millis();
      if (Double.isNaN(millis)) {
        throw new NumberFormatException("not a number");
      }
      return Math.addExact(start, Math.round(millis));
    }

    @Override
    public String expected() {
      return "a number";
    }
  }

  /** Text in a pattern. */
  record Pattern(String pattern, DateTimeFormatter formatter, ZoneId zone) implements RowTime {
    @Override
    public long read(List<String> cells, long row) {
      String text = cells.size() == 1 ? cells.get(0) : String.join(" ", cells);
      TemporalAccessor found =
          formatter.parseBest(
              text,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      if (found instanceof ZonedDateTime zoned) {
        return zoned.toInstant().toEpochMilli();
      }
      if (found instanceof OffsetDateTime offset) {
        return offset.toInstant().toEpochMilli();
      }
      LocalDateTime local =
          found instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) found;
      return local.atZone(zone).toInstant().toEpochMilli();
    }

    @Override
    public String expected() {
      return "a time like " + pattern;
    }
  }

  /** ISO-8601: a date or a time, with or without offset. */
  record Iso(ZoneId zone) implements RowTime {
    private static final int DATE_LENGTH = 10; // 2026-01-01

    @Override
    public long read(List<String> cells, long row) {
      String text = cells.get(0);
      if (text.length() <= DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
      }
      String iso = text.charAt(DATE_LENGTH) == ' ' ? text.replaceFirst(" ", "T") : text;
      long millis = IsoTime.parse(iso);
      return millis != IsoTime.INVALID
          ? millis
          : LocalDateTime.parse(iso).atZone(zone).toInstant().toEpochMilli();
    }

    @Override
    public String expected() {
      return "ISO-8601 such as 2026-01-01 or 2026-01-01T00:00:00Z, or as replay.time.pattern says";
    }
  }

  /** Year, month, day, hour, minute, second as numbers. Hour 24 is the next day's first. */
  record DateParts(ZoneId zone) implements RowTime {
    @Override
    public long read(List<String> cells, long row) {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(cells.get(0)),
              Integer.parseInt(cells.get(1)),
              Integer.parseInt(cells.get(2)));
      LocalDateTime time =
          date.atStartOfDay()
              .plusHours(part(cells, 3, 24))
              .plusMinutes(part(cells, 4, 59))
              .plusSeconds(part(cells, 5, 59));
      return time.atZone(zone).toInstant().toEpochMilli();
    }

    private static int part(List<String> cells, int index, int most) {
      int value = index < cells.size() ? Integer.parseInt(cells.get(index)) : 0;
      if (value < 0 || value > most) {
        throw new DateTimeException("part " + value + " beyond " + most);
      }
      return value;
    }

    @Override
    public String expected() {
      return "year, month, day, hour, minute, second";
    }
  }
}
