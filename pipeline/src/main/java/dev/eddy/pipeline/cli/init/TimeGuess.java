package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.yaml.YamlText;
import dev.eddy.settings.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Guess at where the event time of a row is.
 *
 * @param columns that hold it
 * @param yaml the value of {@code replay.time}
 * @param step from row to row of a series, where there is no column
 * @param reader cells of {@code columns} to epoch milliseconds
 */
record TimeGuess(
    List<String> columns,
    String yaml,
    Optional<Duration> step,
    ToLongFunction<List<String>> reader) {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> PARTS =
      List.of("year", "month", "day", "hour", "minute", "second");
  private static final List<String> PATTERNS =
      List.of(
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm",
          "yyyy/MM/dd",
          "dd/MM/yyyy HH:mm:ss",
          "dd/MM/yyyy HH:mm",
          "dd/MM/yyyy",
          "MM/dd/yyyy HH:mm:ss",
          "MM/dd/yyyy HH:mm",
          "MM/dd/yyyy",
          "dd.MM.yyyy HH:mm:ss",
          "dd.MM.yyyy HH:mm",
          "dd.MM.yyyy",
          "yyyyMMdd");

  /** Looks for a time in the first rows. */
  static Optional<TimeGuess> of(List<String> columns, List<List<String>> rows) {
    return Stream.<Optional<TimeGuess>>concat(
            Stream.of(parts(columns)),
            columns.stream().map(column -> of(column, cells(columns, rows, column))))
        .flatMap(Optional::stream)
        .filter(guess -> guess.readsAll(columns, rows))
        .findFirst();
  }

  private static TimeGuess of(
      List<String> columns, String yaml, ToLongFunction<List<String>> reader) {
    return new TimeGuess(columns, yaml, Optional.empty(), reader);
  }

  private static List<String> cells(List<String> columns, List<List<String>> rows, String column) {
    int index = columns.indexOf(column);
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** Year, month, day in columns of these names. */
  private static Optional<TimeGuess> parts(List<String> columns) {
    List<String> found = new ArrayList<>();
    for (String part : PARTS) {
      Optional<String> column =
          columns.stream().filter(name -> name.equalsIgnoreCase(part)).findFirst();
      if (column.isEmpty()) {
        break;
      }
      found.add(column.get());
    }
    return found.size() < 3
        ? Optional.empty()
        : Optional.of(of(found, "{columns: " + YamlText.list(found) + "}", TimeGuess::readParts));
  }

  private static Optional<TimeGuess> of(String column, List<String> cells) {
    List<String> one = List.of(column);
    if (all(cells, TimeGuess::readIso)) {
      return Optional.of(of(one, YamlText.of(column), row -> readIso(row.get(0))));
    }
    for (String pattern : PATTERNS) {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      if (all(cells, cell -> readPattern(formatter, cell))) {
        String yaml = "{columns: [" + YamlText.of(column) + "], pattern: \"" + pattern + "\"}";
        return Optional.of(of(one, yaml, row -> readPattern(formatter, row.get(0))));
      }
    }
    return number(column, cells);
  }

  /** Seconds or milliseconds since 1970, told by their size; or since zero, told by the name. */
  private static Optional<TimeGuess> number(String column, List<String> cells) {
    if (!all(cells, cell -> (long) Double.parseDouble(cell))) {
      return Optional.empty();
    }
    double first = Double.parseDouble(cells.get(0));
    boolean named = column.toLowerCase(Locale.ROOT).matches("t|ts|time.*|date.*|epoch.*|sec.*");
    if (first >= 1e12 && first < 1e13) {
      return Optional.of(units(column, "ms", 1));
    }
    boolean seconds = (first >= 1e9 && first < 1e10) || named;
    return seconds ? Optional.of(units(column, "s", 1000)) : Optional.empty();
  }

  private static TimeGuess units(String column, String unit, int millis) {
    return new TimeGuess(
        List.of(column),
        "{columns: [" + YamlText.of(column) + "], unit: " + unit + "}",
        Optional.empty(),
        row -> Math.round(Double.parseDouble(row.get(0)) * millis));
  }

  /** Rows of a series at a regular distance from a made-up start, for files without any time. */
  static TimeGuess none(Optional<Duration> interval) {
    Duration step = interval.orElse(Duration.ofSeconds(1));
    return new TimeGuess(
        List.of(),
        "{start: " + START + ", step: " + Durations.format(step) + "}",
        Optional.of(step),
        cells -> START.toEpochMilli());
  }

  private boolean readsAll(List<String> header, List<List<String>> rows) {
    return all(rows, row -> read(header, row));
  }

  /**
   * The time of a row in epoch milliseconds.
   *
   * @param place of the row in its series, from 0
   */
  long read(List<String> header, List<String> row, int place) {
    return read(header, row) + step.map(Duration::toMillis).orElse(0L) * place;
  }

  private long read(List<String> header, List<String> row) {
    return reader.applyAsLong(columns.stream().map(name -> row.get(header.indexOf(name))).toList());
  }

  private static <T> boolean all(List<T> cells, ToLongFunction<T> reader) {
    try {
      return !cells.isEmpty()
          && cells.stream().mapToLong(reader).summaryStatistics().getCount() == cells.size();
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static long readParts(List<String> cells) {
    int[] parts = cells.stream().mapToInt(Integer::parseInt).toArray();
    Duration time = Duration.ZERO;
    Duration[] units = {Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1)};
    for (int i = 3; i < parts.length; i++) {
      time = time.plus(units[i - 3].multipliedBy(parts[i]));
    }
    return millis(LocalDate.of(parts[0], parts[1], parts[2]).atStartOfDay()) + time.toMillis();
  }

  private static long readIso(String cell) {
    if (cell.length() == 10) {
      return millis(LocalDate.parse(cell).atStartOfDay());
    }
    String iso = cell.length() > 10 && cell.charAt(10) == ' ' ? cell.replaceFirst(" ", "T") : cell;
    return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
        ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
        : millis(LocalDateTime.parse(iso));
  }

  private static long readPattern(DateTimeFormatter formatter, String cell) {
    TemporalAccessor found = formatter.parseBest(cell, LocalDateTime::from, LocalDate::from);
    return found instanceof LocalDate date
        ? millis(date.atStartOfDay())
        : millis((LocalDateTime) found);
  }

  private static long millis(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
