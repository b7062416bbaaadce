package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.job.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a CSV file seems to hold.
 *
 * @param table how it is written
 * @param time where the event time is
 * @param timed whether the file has a time at all
 * @param key the column that tells series apart; empty: one series
 * @param numeric columns that are features
 * @param categorical columns that are features
 * @param ignored columns that are neither
 * @param target the numeric feature to forecast
 * @param interval the usual distance of a series' rows
 * @param sorted whether the rows are in time order
 * @param times [rows] ascending
 */
record CsvGuess(
    CsvTable table,
    TimeGuess time,
    boolean timed,
    Optional<String> key,
    List<String> numeric,
    List<String> categorical,
    List<String> ignored,
    String target,
    Optional<Duration> interval,
    boolean sorted,
    List<Long> times) {

  private static final int MOST_CATEGORIES = 50;
  private static final String KEY_NAMES =
      "key|id|.*_id|name|station|sensor|device|location|city|site|meter|machine|unit|account|series"
          + "|user|vehicle|.*name";
  private static final String TARGET_NAMES = "target|y|value|load|demand|consumption|sales";

  /** Reads the file three times: once for its columns, then for its keys, then for its times. */
  static CsvGuess of(Path file) throws IOException {
    CsvTable table = CsvTable.open(file);
    List<Column> columns = table.columns().stream().map(Column::new).toList();
    List<List<String>> first = new ArrayList<>();
    table.forEach(
        row -> {
          if (first.size() < 500) {
            first.add(row);
          }
          for (int i = 0; i < columns.size(); i++) {
            columns.get(i).see(row.get(i));
          }
        });
    Optional<TimeGuess> found = TimeGuess.of(table.columns(), first);
    TimeGuess time = found.orElseGet(TimeGuess::none);
    Optional<String> key = key(columns, time);
    Series series = Series.read(table, time, key);
    return of(table, columns, time, found.isPresent(), key, series);
  }

  private static CsvGuess of(
      CsvTable table,
      List<Column> columns,
      TimeGuess time,
      boolean timed,
      Optional<String> key,
      Series series) {
    List<String> numeric = new ArrayList<>();
    List<String> categorical = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Column column : columns) {
      if (time.columns().contains(column.name()) || key.equals(Optional.of(column.name()))) {
        continue;
      }
      if (column.isNumeric() && !column.isRowNumber() && !column.isConstant()) {
        numeric.add(column.name());
      } else if (column.isText() && !column.isConstant() && column.distinct() <= MOST_CATEGORIES) {
        categorical.add(column.name());
      } else {
        ignored.add(column.name());
      }
    }
    if (numeric.isEmpty()) {
      throw new UserError(
          "--from " + table.file() + ": no column of numbers (must have one to forecast)");
    }
    String target =
        numeric.stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).matches(TARGET_NAMES))
            .findFirst()
            .orElse(numeric.get(0));
    return new CsvGuess(
        table,
        time,
        timed,
        key,
        numeric,
        categorical,
        ignored,
        target,
        series.interval(),
        series.sorted,
        series.ascending());
  }

  /** The text column with the fewest values, named like a key if several could be. */
  private static Optional<String> key(List<Column> columns, TimeGuess time) {
    return columns.stream()
        .filter(column -> !time.columns().contains(column.name()))
        .filter(column -> column.isText() || (column.isWhole() && isNamedKey(column)))
        .filter(column -> !column.isRowNumber())
        .filter(column -> isNamedKey(column))
        .min(Comparator.comparingInt(Column::distinct))
        .map(Column::name);
  }

  private static boolean isNamedKey(Column column) {
    return column.name().toLowerCase(Locale.ROOT).matches(KEY_NAMES);
  }

  /** The times of all rows, and the distances within each series. */
  private static final class Series {
    private final List<Long> times = new ArrayList<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Map<Long, Long> distances = new HashMap<>();
    private boolean sorted = true;

    static Series read(CsvTable table, TimeGuess time, Optional<String> key) throws IOException {
      Series series = new Series();
      int keyIndex = key.map(table.columns()::indexOf).orElse(-1);
      table.forEach(
          row ->
              series.add(keyIndex < 0 ? "" : row.get(keyIndex), time.read(table.columns(), row)));
      return series;
    }

    private void add(String key, long time) {
      sorted &= times.isEmpty() || time >= times.get(times.size() - 1);
      times.add(time);
      Long before = last.put(key, time);
      if (before != null) {
        distances.merge(time - before, 1L, Long::sum);
      }
    }

    /** The distance of nine in ten rows, if there is one. */
    Optional<Duration> interval() {
      long total = distances.values().stream().mapToLong(Long::longValue).sum();
      return distances.entrySet().stream()
          .filter(entry -> entry.getKey() > 0 && entry.getValue() >= 0.9 * total)
          .map(entry -> Duration.ofMillis(entry.getKey()))
          .findFirst();
    }

    List<Long> ascending() {
      Long[] all = times.toArray(new Long[0]);
      Arrays.sort(all);
      return Arrays.asList(all);
    }
  }
}
