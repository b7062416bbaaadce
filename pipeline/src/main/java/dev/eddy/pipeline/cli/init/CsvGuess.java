package dev.eddy.pipeline.cli.init;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Guess at what CSV files hold.
 *
 * @param tables how they are written
 * @param time where the event time is
 * @param timed whether the files have a time at all
 * @param key the column that tells series apart; empty: each file is one series
 * @param numeric columns that are features
 * @param categorical columns that are features
 * @param ignored columns that are neither
 * @param targets the numeric features to forecast; empty: there is a label
 * @param label the column that holds the class of each row
 * @param guessed whether targets and label are a guess
 * @param series the observations of each series
 * @param seriesRows whether a row is a whole series, one column for each of its values
 */
record CsvGuess(
    CsvTables tables,
    TimeGuess time,
    boolean timed,
    Optional<String> key,
    List<String> numeric,
    List<String> categorical,
    List<String> ignored,
    List<String> targets,
    Optional<String> label,
    boolean guessed,
    SeriesTimes series,
    boolean seriesRows) {

  private static final int FIRST_ROWS = 500; // in which a time is looked for
  private static final int MOST_CATEGORIES = 50;
  private static final int LEAST_SERIES_COLUMNS = 12;
  private static final String SERIES_VALUE = "value";
  private static final String KEY_NAMES =
      "key|id|.*_id|name|station|sensor|device|location|city|site|meter|machine|unit|account|series"
          + "|user|vehicle|.*name";
  private static final String TARGET_NAMES = "target|y|value|load|demand|consumption|sales";
  private static final String LABEL_NAMES = "label|class|activity|anomaly|fault";

  /** Reads the files three times: once for columns, then for keys, then for times. */
  static CsvGuess of(List<Path> files, InitWishes wishes) throws IOException {
    CsvTables tables = CsvTables.open(files);
    List<Column> columns = tables.columns().stream().map(Column::new).toList();
    List<List<String>> first = see(tables, columns);
    wishes.targets().forEach(name -> require(tables, "--target", name));
    wishes.label().ifPresent(name -> require(tables, "--label", name));
    wishes.key().ifPresent(name -> require(tables, "--key", name));
    Optional<TimeGuess> found = TimeGuess.of(tables.columns(), first);
    if (found.isEmpty() && areSeriesRows(columns, wishes)) {
      return ofSeriesRows(tables, wishes);
    }
    TimeGuess time = found.orElseGet(() -> TimeGuess.none(wishes.interval()));
    Optional<String> key = wishes.key().or(() -> key(columns, time, wishes));
    SeriesTimes series = SeriesTimes.read(tables, time, key);
    if (key.isEmpty() && found.isPresent() && !series.ascending()) {
      key = keyThatOrders(tables, columns, time, wishes);
      series = SeriesTimes.read(tables, time, key);
    }
    Features features = Features.of(columns, time, key, wishes);
    return new CsvGuess(
        tables,
        time,
        found.isPresent(),
        key,
        features.numeric,
        features.categorical,
        features.ignored,
        features.targets(tables, wishes),
        features.label,
        wishes.targets().isEmpty() && wishes.label().isEmpty(),
        series,
        false);
  }

  /** Shows all rows to the columns; returns the first of them. */
  private static List<List<String>> see(CsvTables tables, List<Column> columns) throws IOException {
    List<List<String>> first = new ArrayList<>();
    tables.forEach(
        (file, row) -> {
          if (first.size() < FIRST_ROWS) {
            first.add(row);
          }
          for (int i = 0; i < columns.size(); i++) {
            columns.get(i).see(row.get(i));
          }
        });
    return first;
  }

  /** Whether the first column names the rows, and all others are numbered. */
  private static boolean areSeriesRows(List<Column> columns, InitWishes wishes) {
    Column first = columns.get(0);
    List<Column> values = columns.subList(1, columns.size());
    return values.size() >= LEAST_SERIES_COLUMNS
        && (first.isText() || isNamedKey(first))
        && first.isDistinct()
        && wishes.targets().isEmpty()
        && wishes.label().isEmpty()
        && wishes.key().map(first.name()::equals).orElse(true)
        && values.stream().noneMatch(Column::isText)
        && CsvTable.areNumbered(values.stream().map(Column::name).toList());
  }

  private static CsvGuess ofSeriesRows(CsvTables tables, InitWishes wishes) throws IOException {
    TimeGuess time = TimeGuess.none(wishes.interval());
    return new CsvGuess(
        tables,
        time,
        false,
        Optional.of(tables.columns().get(0)),
        List.of(SERIES_VALUE),
        List.of(),
        List.of(),
        List.of(SERIES_VALUE),
        Optional.empty(),
        true,
        SeriesTimes.readSeriesRows(tables, time),
        true);
  }

  private static void require(CsvTables tables, String option, String name) {
    if (!tables.columns().contains(name)) {
      throw new UserMistake(
          option + ": " + name + " (must be one of the columns " + tables.columns() + ")");
    }
  }

  /** The text column with the fewest values, named like a key if several could be. */
  private static Optional<String> key(List<Column> columns, TimeGuess time, InitWishes wishes) {
    return columns.stream()
        .filter(column -> !time.columns().contains(column.name()))
        .filter(column -> !wishes.label().equals(Optional.of(column.name())))
        .filter(column -> column.isText() || (column.isWhole() && isNamedKey(column)))
        .filter(column -> !column.isRowNumber())
        .filter(column -> isNamedKey(column))
        .min(Comparator.comparingInt(Column::distinct))
        .map(Column::name);
  }

  /** The text column with the fewest values within each of which times ascend. */
  private static Optional<String> keyThatOrders(
      CsvTables tables, List<Column> columns, TimeGuess time, InitWishes wishes)
      throws IOException {
    List<String> candidates =
        columns.stream()
            .filter(column -> column.isText() && !column.isConstant())
            .filter(column -> !time.columns().contains(column.name()))
            .filter(column -> !wishes.label().equals(Optional.of(column.name())))
            .sorted(Comparator.comparingInt(Column::distinct))
            .map(Column::name)
            .toList();
    for (String candidate : candidates) {
      if (SeriesTimes.read(tables, time, Optional.of(candidate)).ascending()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isNamedKey(Column column) {
    return column.name().toLowerCase(Locale.ROOT).matches(KEY_NAMES);
  }

  /** What each column that is neither time nor key is for. */
  private static final class Features {
    private final List<String> numeric = new ArrayList<>();
    private final List<String> categorical = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private Optional<String> label = Optional.empty();

    static Features of(
        List<Column> columns, TimeGuess time, Optional<String> key, InitWishes wishes) {
      Features features = new Features();
      features.label = wishes.label();
      for (Column column : columns) {
        if (time.columns().contains(column.name()) || key.equals(Optional.of(column.name()))) {
          continue;
        }
        if (wishes.label().isEmpty() && wishes.targets().isEmpty() && isNamedLabel(column)) {
          features.label = Optional.of(column.name());
        }
        if (!features.label.equals(Optional.of(column.name()))) {
          features.add(column, wishes);
        }
      }
      return features;
    }

    private static boolean isNamedLabel(Column column) {
      return column.name().toLowerCase(Locale.ROOT).matches(LABEL_NAMES)
          && (column.isText() || column.isWhole())
          && !column.isConstant()
          && column.distinct() <= MOST_CATEGORIES;
    }

    private void add(Column column, InitWishes wishes) {
      boolean wished = wishes.targets().contains(column.name());
      if (column.isNumeric() && (wished || (!column.isRowNumber() && !column.isConstant()))) {
        numeric.add(column.name());
      } else if (column.isText() && !column.isConstant() && column.distinct() <= MOST_CATEGORIES) {
        categorical.add(column.name());
      } else {
        ignored.add(column.name());
      }
    }

    private List<String> targets(CsvTables tables, InitWishes wishes) {
      if (label.isPresent()) {
        return List.of();
      }
      for (String target : wishes.targets()) {
        if (!numeric.contains(target)) {
          throw new UserMistake("--target: " + target + " (must be a column of numbers)");
        }
      }
      if (numeric.isEmpty()) {
        throw new UserMistake(
            "--from: "
                + tables.first().file()
                + ": no column of numbers (must have one to forecast)");
      }
      return wishes.targets().isEmpty()
          ? List.of(
              numeric.stream()
                  .filter(name -> name.toLowerCase(Locale.ROOT).matches(TARGET_NAMES))
                  .findFirst()
                  .orElse(numeric.get(0)))
          : wishes.targets();
    }
  }
}
