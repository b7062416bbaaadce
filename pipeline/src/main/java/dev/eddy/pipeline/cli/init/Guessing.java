package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.ClassNames;
import dev.eddy.connectors.file.row.Columns;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.TimeColumns;
import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.MissingWords;
import dev.eddy.pipeline.cli.init.table.Numbers;
import dev.eddy.pipeline.cli.init.table.Outliers;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import dev.eddy.pipeline.rows.Categories;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes one guess of what was seen of columns.
 *
 * @param tables the files
 * @param columns what their columns hold
 * @param numbers how they write numbers
 * @param refused rows that cannot be divided into cells
 * @param wishes what need not be guessed
 * @param keys has seen the rows that times were sought in
 */
record Guessing(
    CsvTables tables,
    List<Column> columns,
    Numbers numbers,
    CsvTables.Refused refused,
    InitWishes wishes,
    KeyFinder keys) {
  private static final int MOST_NAMES = 12; // in a line

  CsvGuess guess(Optional<TimeGuess> found) {
    if (found.isEmpty() && WideShape.areSeries(columns, wishes)) {
      return ofSeriesRows();
    }
    if (WideShape.areKeys(columns, columnsOf(found), wishes)) {
      return ofWide(found);
    }
    return ofLong(found);
  }

  private static List<String> columnsOf(Optional<TimeGuess> time) {
    return time.map(TimeGuess::columns).orElse(List.of());
  }

  private CsvGuess ofLong(Optional<TimeGuess> found) {
    TimeGuess time = found.orElseGet(() -> madeUp("only " + some(tables.columns())));
    Optional<String> key = wishes.key().or(() -> keys.find(time));
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
    if (WideShape.mayBeKeys(columns, time.columns(), wishes)) {
      asks.add(
          some(Column.names(WideShape.keys(columns, time.columns())))
              + ": alike in range, taken for features of one series (if each is a series of its"
              + " own, init --layout wide makes them keys)");
    }
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

  /**
   * A clock is made up only at the user's word.
   *
   * @param instead what there is in place of times
   */
  private TimeGuess madeUp(String instead) {
    long rows = columns.get(0).rows();
    return TimeGuess.madeUp(interval(instead), rows);
  }

  private Duration interval(String instead) {
    return wishes
        .interval()
        .orElseThrow(
            () ->
                new UserMistake(
                    "--interval: missing: "
                        + tables.first()
                        + " has no column of times, "
                        + instead
                        + " (must be the distance of its rows, such as --interval \"1 h\")"));
  }

  /** Names for a line; of many only the first ones. */
  private static String some(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return more <= 0 ? names.toString() : names.subList(0, MOST_NAMES) + " and " + more + " more";
  }

  private void read(TimeGuess time, Optional<String> key, SeriesTimes series, SeriesLook look) {
    int keyIndex = key.map(tables::indexOf).orElse(-1);
    TimeColumns reader = reader(time);
    boolean stepped = time.columns().isEmpty();
    Map<String, Long> places = new HashMap<>();
    Path[] before = {Path.of("")};
    var unused =
        tables.forEach(
            (file, line, row) -> {
              String name = file.toString();
              String of = keyIndex < 0 ? name : row.get(keyIndex);
              Supplier<String> place = () -> name + ":" + line;
              try {
                long count = stepped ? places.merge(of, 1L, Long::sum) - 1 : 0;
                series.add(of, reader.read(row, count, of), file.equals(before[0]), place);
                look.see(of, row);
                before[0] = file;
              } catch (RowException e) {
                series.refuse(e, place.get());
              }
            });
  }

  private CsvGuess ofSeriesRows() {
    List<String> names = Column.names(columns.subList(1, columns.size()));
    Optional<TimeGuess> named = HeaderTimes.of(names);
    TimeGuess time =
        named.orElseGet(
            () ->
                TimeGuess.madeUp(
                    interval("but in each row a series of " + names.size() + " values"),
                    names.size()));
    SeriesTimes series = new SeriesTimes();
    long start = time.settings().start().orElseThrow().toEpochMilli();
    long step = time.settings().step().orElseThrow().toMillis();
    var unused =
        tables.forEach(
            (file, line, row) -> {
              int length = row.size() - 1;
              while (length > 0 && MissingWords.isMissing(row.get(length))) {
                length--;
              }
              for (int place = 0; place < length; place++) {
                series.add(row.get(0), start + step * place, false, () -> file + ":" + line);
              }
            });
    Optional<String> key = Optional.of(tables.columns().get(0));
    return melted(Layout.SERIES, time, key, series, named.isPresent());
  }

  /** Columns alike are keys: each row holds an observation of every one. */
  private CsvGuess ofWide(Optional<TimeGuess> found) {
    List<String> keys = Column.names(WideShape.keys(columns, columnsOf(found)));
    TimeGuess time =
        found.orElseGet(() -> madeUp("only columns that are alike, a series each: " + some(keys)));
    SeriesTimes series = new SeriesTimes();
    SeriesLook none = new SeriesLook(tables, List.of(), Optional.empty(), Optional.empty());
    read(time, Optional.empty(), series, none);
    return melted(Layout.WIDE, time, Optional.empty(), series, found.isPresent());
  }

  private CsvGuess melted(
      Layout layout, TimeGuess time, Optional<String> key, SeriesTimes series, boolean timed) {
    List<String> asks = new ArrayList<>();
    time.doubt().ifPresent(asks::add);
    if (layout == Layout.WIDE) {
      asks.add(
          "columns alike in range are keys, a series each (init --layout long makes them features"
              + " of one series)");
    }
    Features features = Features.ofValue(WideShape.VALUE, ignored(layout, time));
    List<String> missing = new ArrayList<>();
    columns.forEach(column -> column.missingWords().forEach(word -> addOnce(missing, word)));
    return new CsvGuess(
        tables, numbers, time, timed, key, layout, features, true, series, missing, refused, asks);
  }

  /** Columns that are neither keys nor the time of a wide table. */
  private List<String> ignored(Layout layout, TimeGuess time) {
    List<Column> keys = WideShape.keys(columns, time.columns());
    return layout == Layout.SERIES
        ? List.of()
        : columns.stream()
            .filter(column -> !keys.contains(column) && column.cells() > 0)
            .map(Column::name)
            .filter(name -> !time.columns().contains(name))
            .toList();
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
        Outliers.line(column).ifPresent(asks::add);
      }
      if (features.ignored().contains(column.name()) && column.isText()) {
        manyValues(column).ifPresent(asks::add);
      }
      if (features.label().equals(Optional.of(column.name()))) {
        asks.addAll(ClassNames.lines(column.name(), column.values(), column.rows()));
      }
    }
    return asks;
  }

  private static Optional<String> manyValues(Column column) {
    return column.distinct() <= Categories.MANY
        ? Optional.empty()
        : Optional.of(
            column.name()
                + ": left out: "
                + column.distinct()
                + " different texts would be as many inputs, one each (what they share, such as a"
                + " group or a measure of theirs, would serve in a column of its own)");
  }
}
