package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.ClassNames;
import dev.eddy.connectors.file.row.Columns;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.TimeColumns;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guess at what CSV files hold.
 *
 * @param tables how they are written
 * @param numbers how they write numbers
 * @param time where the event time is
 * @param timed whether the files have a time at all
 * @param key the column that tells series apart; empty: each file is one series
 * @param layout what a row and a column are
 * @param features what the columns are for
 * @param guessed whether targets and label are a guess
 * @param series the observations of each series
 * @param missing words among numbers that mean a missing value
 * @param refused rows that cannot be read
 * @param asks what the user should look at, a line each
 */
record CsvGuess(
    CsvTables tables,
    Numbers numbers,
    TimeGuess time,
    boolean timed,
    Optional<String> key,
    Layout layout,
    Features features,
    boolean guessed,
    SeriesTimes series,
    List<String> missing,
    CsvTables.Refused refused,
    List<String> asks) {

  /** What a row and a column are. */
  enum Layout {
    LONG,
    WIDE,
    SERIES
  }

  private static final double MOST_REFUSED = 0.05;

  /** Reads the files four times: for columns, times, keys, and what series have in common. */
  static CsvGuess of(List<Path> files, InitWishes wishes) {
    CsvTables tables = CsvTables.open(files);
    List<Column> columns = tables.columns().stream().map(Column::new).toList();
    CsvTables.Refused refused = see(tables, columns);
    Numbers numbers = numbers(columns);
    columns.forEach(column -> column.readAs(numbers));
    wishes.targets().forEach(name -> require(tables, "--target", name));
    wishes.label().ifPresent(name -> require(tables, "--label", name));
    wishes.key().ifPresent(name -> require(tables, "--key", name));
    Optional<TimeGuess> found =
        wishes.interval().isPresent() && WideShape.areSeries(columns, wishes)
            ? Optional.empty()
            : time(tables, columns, numbers, wishes);
    return new Guessing(tables, columns, numbers, refused, wishes).guess(found);
  }

  /** What looks like a time and cannot be read is passed over only where rows are counted. */
  private static Optional<TimeGuess> time(
      CsvTables tables, List<Column> columns, Numbers numbers, InitWishes wishes) {
    try {
      return TimeFinder.find(tables, columns, numbers.decimal());
    } catch (UserMistake e) {
      if (wishes.interval().isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static CsvTables.Refused see(CsvTables tables, List<Column> columns) {
    long[] rows = {0};
    CsvTables.Refused refused =
        tables.forEach(
            (file, line, row) -> {
              rows[0]++;
              String name = String.valueOf(file);
              for (int i = 0; i < columns.size(); i++) {
                columns.get(i).see(row.get(i), name, line);
              }
            });
    if (refused.rows() > MOST_REFUSED * (rows[0] + refused.rows())) {
      throw new UserMistake(
          "--from: "
              + refused.first()
              + "; so are "
              + refused.rows()
              + " of "
              + (rows[0] + refused.rows())
              + " rows");
    }
    if (rows[0] < 2) {
      throw new UserMistake(
          "--from: " + tables.first() + ": " + rows[0] + " rows (must have at least 2)");
    }
    return refused;
  }

  /** The form that reads most cells that are no plain numbers; the plain one where none does. */
  private static Numbers numbers(List<Column> columns) {
    Numbers best = Numbers.PLAIN;
    long most = 0;
    for (int i = 1; i < Numbers.FORMS.length; i++) {
      int form = i;
      long cells = columns.stream().mapToLong(column -> column.written(form)).sum();
      if (cells > most) {
        most = cells;
        best = Numbers.FORMS[i];
      }
    }
    return best;
  }

  private static void require(CsvTables tables, String option, String name) {
    if (!tables.columns().contains(name)) {
      throw new UserMistake(
          option + ": " + name + " (must be one of the columns " + tables.columns() + ")");
    }
  }

  /** One file's columns on the way to a guess. */
  private record Guessing(
      CsvTables tables,
      List<Column> columns,
      Numbers numbers,
      CsvTables.Refused refused,
      InitWishes wishes) {

    CsvGuess guess(Optional<TimeGuess> found) {
      if (found.isEmpty() && WideShape.areSeries(columns, wishes)) {
        return ofSeriesRows();
      }
      List<String> timeColumns = found.map(TimeGuess::columns).orElse(List.of());
      if (WideShape.areKeys(columns, timeColumns, wishes)) {
        return ofWide(found);
      }
      TimeGuess time = found.orElseGet(this::madeUp);
      Optional<TimeColumns> reader = found.map(this::reader);
      Optional<String> key =
          wishes.key().or(() -> KeyFinder.find(tables, columns, reader, time, wishes));
      Features features = Features.of(tables, columns, time, key, wishes);
      SeriesTimes series = new SeriesTimes();
      SeriesLook look =
          new SeriesLook(
              tables,
              features.candidates(columns),
              features.targets().stream().findFirst(),
              features.label());
      read(time, key, series, look);
      List<String> asks = new ArrayList<>();
      time.doubt().ifPresent(asks::add);
      Features told = features.told(look, asks);
      return new CsvGuess(
          tables,
          numbers,
          time,
          found.isPresent(),
          key,
          Layout.LONG,
          told,
          wishes.targets().isEmpty() && wishes.label().isEmpty(),
          series,
          missing(told),
          badCells(told),
          asks(asks, told));
    }

    private TimeColumns reader(TimeGuess time) {
      return new TimeColumns(
          time.settings(), numbers.decimal(), new Columns(tables.columns(), Map.of()));
    }

    /** A clock is made up only at the user's word. */
    private TimeGuess madeUp() {
      long rows = columns.get(0).rows();
      return TimeGuess.madeUp(interval(), rows);
    }

    private Duration interval() {
      return wishes
          .interval()
          .orElseThrow(
              () ->
                  new UserMistake(
                      "--interval: missing: "
                          + tables.first()
                          + " has no column of times, only "
                          + tables.columns()
                          + " (must be the distance of its rows, such as --interval \"1 h\")"));
    }

    private void read(
        TimeGuess time, Optional<String> key, SeriesTimes series, SeriesLook look) {
      int keyIndex = key.map(tables::indexOf).orElse(-1);
      TimeColumns reader = reader(time);
      boolean stepped = time.columns().isEmpty();
      Map<String, Long> places = new HashMap<>();
      String[] before = {""};
      var unused =
          tables.forEach(
              (file, line, row) -> {
                String name = file.toString();
                String of = keyIndex < 0 ? name : row.get(keyIndex);
                String place = name + ":" + line;
                try {
                  long count = stepped ? places.merge(of, 1L, Long::sum) - 1 : 0;
                  series.add(of, reader.read(row, count, of), name.equals(before[0]), place);
                  look.see(of, row);
                  before[0] = name;
                } catch (RowException e) {
                  series.refuse(e, place);
                }
              });
    }

    private CsvGuess ofSeriesRows() {
      TimeGuess time = TimeGuess.madeUp(interval(), columns.size() - 1);
      SeriesTimes series = new SeriesTimes();
      long start = time.settings().start().orElseThrow().toEpochMilli();
      long step = interval().toMillis();
      var unused =
          tables.forEach(
              (file, line, row) -> {
                int length = row.size() - 1;
                while (length > 0 && Column.MISSING.contains(row.get(length))) {
                  length--;
                }
                for (int place = 0; place < length; place++) {
                  series.add(row.get(0), start + step * place, false, file + ":" + line);
                }
              });
      return melted(Layout.SERIES, time, Optional.of(tables.columns().get(0)), series, false);
    }

    /** Columns alike are keys: each row holds an observation of every one. */
    private CsvGuess ofWide(Optional<TimeGuess> found) {
      TimeGuess time = found.orElseGet(this::madeUp);
      SeriesTimes series = new SeriesTimes();
      SeriesLook none = new SeriesLook(tables, List.of(), Optional.empty(), Optional.empty());
      read(time, Optional.empty(), series, none);
      return melted(Layout.WIDE, time, Optional.empty(), series, found.isPresent());
    }

    private CsvGuess melted(
        Layout layout,
        TimeGuess time,
        Optional<String> key,
        SeriesTimes series,
        boolean timed) {
      List<String> asks = new ArrayList<>();
      time.doubt().ifPresent(asks::add);
      if (layout == Layout.WIDE) {
        asks.add(
            "columns alike in name and range are keys, a series each (layout: long makes them"
                + " features of one series)");
      }
      Features features = Features.ofValue(WideShape.VALUE);
      List<String> missing = new ArrayList<>();
      columns.forEach(column -> column.missingWords().forEach(word -> addOnce(missing, word)));
      return new CsvGuess(
          tables, numbers, time, timed, key, layout, features, true, series, missing, refused, asks);
    }

    private static void addOnce(List<String> words, String word) {
      if (!words.contains(word)) {
        words.add(word);
      }
    }

    private List<String> missing(Features features) {
      List<String> words = new ArrayList<>();
      for (Column column : columns) {
        if (features.numeric().contains(column.name())) {
          column.missingWords().forEach(word -> addOnce(words, word));
        }
      }
      return words;
    }

    private CsvTables.Refused badCells(Features features) {
      long bad = 0;
      for (Column column : columns) {
        bad += features.numeric().contains(column.name()) ? column.badCells() : 0;
      }
      return bad == 0
          ? refused
          : new CsvTables.Refused(
              refused.rows() + bad,
              refused.rows() > 0 ? refused.first() : "cells among numbers that are none");
    }

    private List<String> asks(List<String> asks, Features features) {
      for (Column column : columns) {
        if (features.numeric().contains(column.name())) {
          Outliers.of(column).ifPresent(each -> asks.add(each.line(column.name())));
        }
        if (features.label().equals(Optional.of(column.name()))) {
          asks.addAll(ClassNames.lines(column.name(), column.values(), column.rows()));
        }
      }
      return asks;
    }
  }
}
