package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.TimeColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the column that tells series apart, where the rows bear it out: within each of its values
 * times ascend, each has many rows, and without it times do not ascend.
 */
final class KeyFinder {
  private static final double ASCENDING = 0.99;
  private static final int LEAST_ROWS = 3; // of a series
  private static final int USUAL_ROWS = 10;
  private static final String KEY_NAMES =
      "key|id|.*_id|name|station|sensor|device|location|city|site|meter|machine|unit|account|series"
          + "|user|vehicle|host|.*name|ort|stadt|plant|pump|store|shop|item|sku";

  private final List<Trial> trials = new ArrayList<>();
  private final Trial none = new Trial(new Column(""), -1);

  /** One column as the key; the nameless one for none, each file a series. */
  private static final class Trial {
    final Column column;
    final int index;
    final Map<String, Long> last = new HashMap<>();
    long steps;
    long forward;

    Trial(Column column, int index) {
      this.column = column;
      this.index = index;
    }

    void see(String key, long time) {
      Long before = last.put(key, time);
      if (before != null) {
        steps++;
        forward += time > before ? 1 : 0;
      }
    }

    double ascending() {
      return steps == 0 ? 1 : (double) forward / steps;
    }

    boolean isNamed() {
      return KeyFinder.isNamed(column);
    }
  }

  private KeyFinder() {}

  static boolean isNamed(Column column) {
    return column.name().toLowerCase(Locale.ROOT).matches(KEY_NAMES);
  }

  /** The key's column; empty: each file is one series. */
  static Optional<String> find(
      CsvTables tables,
      List<Column> columns,
      Optional<TimeColumns> time,
      TimeGuess guess,
      InitWishes wishes) {
    KeyFinder finder = new KeyFinder();
    for (Column column : columns) {
      boolean other =
          guess.columns().contains(column.name())
              || wishes.label().equals(Optional.of(column.name()))
              || wishes.targets().contains(column.name());
      if (!other && couldBe(column)) {
        finder.trials.add(new Trial(column, tables.indexOf(column.name())));
      }
    }
    if (time.isEmpty()) {
      return finder.named().map(trial -> trial.column.name());
    }
    finder.read(tables, time.get());
    return finder.best();
  }

  private static boolean couldBe(Column column) {
    boolean kind = column.isText() || (column.isWhole() && isNamed(column));
    boolean hasRows = (long) column.distinct() * LEAST_ROWS <= column.cells();
    return (kind && hasRows && !column.isRowNumber() && !column.isConstant())
        || (column.isConstant() && column.isText() && isNamed(column));
  }

  private Optional<Trial> named() {
    return trials.stream().filter(Trial::isNamed).min(byValues());
  }

  private static Comparator<Trial> byValues() {
    return Comparator.comparingInt(trial -> trial.column.distinct());
  }

  private void read(CsvTables tables, TimeColumns time) {
    var unused =
        tables.forEach(
            (file, line, row) -> {
              try {
                see(file, row, time.read(row, 0, ""));
              } catch (RowException e) {
                return; // a bad row, counted elsewhere
              }
            });
  }

  private void see(Path file, List<String> row, long time) {
    none.see(file.toString(), time);
    for (Trial trial : trials) {
      trial.see(row.get(trial.index), time);
    }
  }

  private Optional<String> best() {
    List<Trial> good =
        trials.stream()
            .filter(trial -> trial.ascending() >= Math.max(ASCENDING, none.ascending()))
            .toList();
    Optional<Trial> named =
        good.stream().filter(Trial::isNamed).filter(this::hasRows).min(byValues());
    if (named.isPresent() || none.ascending() >= ASCENDING) {
      return named.map(trial -> trial.column.name());
    }
    Optional<Trial> best = good.stream().min(byValues());
    if (best.isEmpty()) { // some rows come twice: the series are told apart all the same
      best =
          trials.stream()
              .filter(
                  trial -> trial.ascending() > 0.9 && trial.ascending() > none.ascending() + 0.1)
              .max(Comparator.comparingDouble(Trial::ascending));
    }
    return best.map(trial -> trial.column.name());
  }

  private boolean hasRows(Trial trial) {
    return none.ascending() < ASCENDING
        || trial.column.distinct() * (long) USUAL_ROWS <= trial.column.cells();
  }
}
