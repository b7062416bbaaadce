package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.serde.json.IsoTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
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
   * @param key whose row it is
   * @throws DateTimeException or NumberFormatException saying what is wrong with the cells
   */
  long read(List<String> cells, long row, String key);

  /** What the cells should look like, for errors. */
  String expected();

  static RowTime of(TimeSettings settings, char decimal, WallClock clock) {
    if (settings.step().isPresent() && settings.start().isPresent()) {
      return new Steps(settings.start().get().toEpochMilli(), settings.step().get().toMillis());
    }
    if (settings.unit().isPresent()) {
      long start = settings.start().map(instant -> instant.toEpochMilli()).orElse(0L);
      return new Units(start, settings.unit().get(), decimal);
    }
    if (settings.pattern().isPresent()) {
      String pattern = settings.pattern().get();
      return new Pattern(pattern, TimeSettings.formatter(pattern), clock);
    }
    return settings.columns().size() == 1 ? new Iso(clock) : new DateParts(clock);
  }

  /** No time in the file. */
  record Steps(long start, long step) implements RowTime {
    @Override
    public long read(List<String> cells, long row, String key) {
      return Math.addExact(start, Math.multiplyExact(row, step));
    }

    @Override
    public String expected() {
      return "a time within years 1 to 9999";
    }
  }

  /** A number of units since a start. */
  record Units(long start, TimeSettings.Unit unit, char decimal) implements RowTime {
    @Override
    public long read(List<String> cells, long row, String key) {
      double millis = Double.parseDouble(cells.get(0).replace(decimal, '.')) * unit.millis();
      if (!Double.isFinite(millis)) {
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
  record Pattern(String pattern, DateTimeFormatter formatter, WallClock clock) implements RowTime {
    @Override
    public long read(List<String> cells, long row, String key) {
      String text = cells.size() == 1 ? cells.get(0) : String.join(" ", cells);
      TemporalAccessor found =
          formatter.parseBest(
              text,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from,
              YearMonth::from,
              Year::from);
      if (found instanceof ZonedDateTime zoned) {
        return zoned.toInstant().toEpochMilli();
      }
      if (found instanceof OffsetDateTime offset) {
        return offset.toInstant().toEpochMilli();
      }
      return found instanceof LocalDateTime time
          ? clock.millis(time, key)
          : clock.millis(date(found), key);
    }

    private static LocalDate date(TemporalAccessor found) {
      if (found instanceof YearMonth month) {
        return month.atDay(1);
      }
      return found instanceof Year year ? year.atDay(1) : (LocalDate) found;
    }

    @Override
    public String expected() {
      return "a time like " + pattern;
    }
  }

  /** A form that needs no pattern, with or without offset. */
  record Iso(WallClock clock) implements RowTime {
    private static final int DATE = 10; // characters of a date without a time of day, at most

    @Override
    public long read(List<String> cells, long row, String key) {
      String text = cells.get(0);
      int length = text.length();
      if (length >= 20 && length <= 24 && text.charAt(length - 1) == 'Z') { // the usual, fast
        long millis = IsoTime.parse(text);
        if (millis != IsoTime.INVALID) {
          return millis;
        }
      }
      WrittenTime written = WrittenTime.parse(text);
      if (written.offset() == null && length <= DATE) {
        return clock.millis(written.local().toLocalDate(), key);
      }
      return written.offset() == null
          ? clock.millis(written.local(), key)
          : written.local().toInstant(written.offset()).toEpochMilli();
    }

    @Override
    public String expected() {
      return "ISO-8601 such as 2026-01-01 or 2026-01-01T00:00:00Z, or as replay.time.pattern says";
    }
  }

  /** Year, month, day, hour, minute, second as numbers. Hour 24 is the next day's first. */
  record DateParts(WallClock clock) implements RowTime {
    @Override
    public long read(List<String> cells, long row, String key) {
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
      return clock.millis(time, key);
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
