package dev.eddy.pipeline.cli.init;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The times of all rows, and how they are spread over the series. */
final class SeriesTimes {
  private static final double USUAL = 0.9;

  private final List<Long> times = new ArrayList<>();
  private final Map<String, Integer> lengths = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private final Map<Long, Long> distances = new HashMap<>();
  private boolean sorted = true;
  private boolean ascending = true;

  private SeriesTimes() {}

  /**
   * Reads every row's time.
   *
   * @param key the column of the series; empty: each file is one
   */
  static SeriesTimes read(CsvTables tables, TimeGuess time, Optional<String> key)
      throws IOException {
    SeriesTimes series = new SeriesTimes();
    int keyIndex = key.map(tables.columns()::indexOf).orElse(-1);
    String[] before = {""};
    tables.forEach(
        (file, row) -> {
          String of = keyIndex < 0 ? file : row.get(keyIndex);
          int place = series.lengths.getOrDefault(of, 0);
          series.add(of, time.read(tables.columns(), row, place), file.equals(before[0]));
          before[0] = file;
        });
    return series;
  }

  /** Reads rows that are one series each, named by the first cell. */
  static SeriesTimes readSeriesRows(CsvTables tables, TimeGuess time) throws IOException {
    SeriesTimes series = new SeriesTimes();
    tables.forEach(
        (file, row) -> {
          int length = row.size() - 1;
          while (length > 0 && CsvTable.isMissing(row.get(length))) {
            length--;
          }
          for (int place = 0; place < length; place++) {
            series.add(row.get(0), time.read(tables.columns(), row, place), false);
          }
        });
    return series;
  }

  private void add(String key, long time, boolean sameFile) {
    sorted &= !sameFile || time >= times.get(times.size() - 1);
    times.add(time);
    lengths.merge(key, 1, Integer::sum);
    Long before = last.put(key, time);
    if (before != null) {
      ascending &= time > before;
      distances.merge(time - before, 1L, Long::sum);
    }
  }

  int rows() {
    return times.size();
  }

  int count() {
    return lengths.size();
  }

  /** Rows that nine in ten series have. */
  int usualLength() {
    int[] sorted = lengths.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 10];
  }

  /** Whether each file's rows are in time order. */
  boolean sorted() {
    return sorted;
  }

  /** Whether each row of a series is later than the one before: else it is several series. */
  boolean ascending() {
    return ascending;
  }

  /** The distance of nine in ten rows, if there is one. */
  Optional<Duration> interval() {
    long total = distances.values().stream().mapToLong(Long::longValue).sum();
    return distances.entrySet().stream()
        .filter(entry -> entry.getKey() > 0 && entry.getValue() >= USUAL * total)
        .map(entry -> Duration.ofMillis(entry.getKey()))
        .findFirst();
  }

  /** [rows] ascending, epoch milliseconds. */
  long[] times() {
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
