package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
  private long[] times = {};

  /** One column as the key; the nameless one for none, each file a series. */
  private static final class Trial {
    final Column column;
    final int index;
    final Map<String, Integer> values = new HashMap<>();
    int[] rows = new int[1024]; // the number of each row's value
    int count;
    double ascending = 1;

    Trial(Column column, int index) {
      this.column = column;
      this.index = index;
    }

    void see(String key) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
      }
      Integer known = values.putIfAbsent(key, values.size());
      rows[count++] = known == null ? values.size() - 1 : known;
    }

    /** How many rows go forward in time within their value, of those that have a row before. */
    void measure(long[] times) {
      long[] last = new long[values.size()];
      Arrays.fill(last, TimeFinder.NONE);
      long steps = 0;
      long forward = 0;
      for (int row = 0; row < Math.min(count, times.length); row++) {
        long before = last[rows[row]];
        if (times[row] != TimeFinder.NONE) {
          steps += before == TimeFinder.NONE ? 0 : 1;
          forward += before != TimeFinder.NONE && times[row] > before ? 1 : 0;
          last[rows[row]] = times[row];
        }
      }
      ascending = steps == 0 ? 1 : (double) forward / steps;
    }

    double ascending() {
      return ascending;
    }

    boolean isNamed() {
      return KeyFinder.isNamed(column);
    }
  }

  private KeyFinder() {}

  /** Of the columns that could be keys; their rows are seen while times are read. */
  static KeyFinder of(CsvTables tables, List<Column> columns, InitWishes wishes) {
    KeyFinder finder = new KeyFinder();
    for (Column column : columns) {
      boolean other =
          wishes.label().equals(Optional.of(column.name()))
              || wishes.targets().contains(column.name());
      if (wishes.key().isEmpty() && !other && couldBe(column)) {
        finder.trials.add(new Trial(column, tables.indexOf(column.name())));
      }
    }
    return finder;
  }

  static boolean isNamed(Column column) {
    return column.name().toLowerCase(Locale.ROOT).matches(KEY_NAMES);
  }

  /** Sees a row. */
  void see(Path file, List<String> row) {
    none.see(file.toString());
    for (Trial trial : trials) {
      trial.see(row.get(trial.index));
    }
  }

  /**
   * Hears the times of the rows seen.
   *
   * @param ofRows one for each, in their order; {@link TimeFinder#NONE} where it could not be read
   */
  void timed(long[] ofRows) {
    times = ofRows;
  }

  /** The key's column; empty: each file is one series. */
  Optional<String> find(TimeGuess time) {
    trials.removeIf(trial -> time.columns().contains(trial.column.name()));
    if (times.length == 0) {
      return named().map(trial -> trial.column.name());
    }
    none.measure(times);
    trials.forEach(trial -> trial.measure(times));
    return best();
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
