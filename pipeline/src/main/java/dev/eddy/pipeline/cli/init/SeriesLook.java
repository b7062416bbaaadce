package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.MissingWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What columns say of whole series: which do not change, reach into the future, tell the label. */
final class SeriesLook {
  private static final int FEW = 20; // values of a column that may tell the label
  private static final double PURE = 0.995;
  private static final int LEAST_ROWS = 3;

  private final List<Column> columns;
  private final int[] places; // of the columns in a row
  private final boolean[] few; // whether a column may tell the label
  private final int target;
  private final int label;
  private final Map<String, String[]> first = new HashMap<>();
  private final boolean[] changes;
  private final Map<String, long[]> behind =
      new HashMap<>(); // rows of each column after the target
  private final List<Map<String, Map<String, Integer>>> labels = new ArrayList<>();

  /**
   * Looks at some columns.
   *
   * @param target whose end is the series' present; empty for none
   * @param label the class; empty for none
   */
  SeriesLook(
      CsvTables tables, List<Column> columns, Optional<String> target, Optional<String> label) {
    this.columns = columns;
    places = columns.stream().mapToInt(column -> tables.indexOf(column.name())).toArray();
    few = new boolean[columns.size()];
    for (int i = 0; i < few.length; i++) {
      few[i] = label.isPresent() && columns.get(i).distinct() <= FEW;
    }
    this.target = target.map(tables::indexOf).orElse(-1);
    this.label = label.map(tables::indexOf).orElse(-1);
    changes = new boolean[columns.size()];
    columns.forEach(column -> labels.add(new HashMap<>()));
  }

  void see(String key, List<String> row) {
    String[] before = first.computeIfAbsent(key, unknown -> new String[columns.size()]);
    long[] after = behind.computeIfAbsent(key, unknown -> new long[columns.size()]);
    boolean known = target >= 0 && !MissingWords.isMissing(row.get(target));
    String of = label < 0 ? "" : row.get(label);
    for (int i = 0; i < changes.length; i++) {
      String cell = row.get(places[i]);
      boolean given = !cell.isEmpty();
      if (given && before[i] == null) {
        before[i] = cell;
      }
      changes[i] = changes[i] || (given && !cell.equals(before[i]));
      after[i] = known ? 0 : after[i] + (given ? 1 : 0);
      if (few[i] && !of.isEmpty()) {
        labels.get(i).computeIfAbsent(cell, value -> new HashMap<>()).merge(of, 1, Integer::sum);
      }
    }
  }

  /** Columns that are constant within each of several series, and not all alike. */
  Set<String> statics() {
    Set<String> found = new HashSet<>();
    for (int i = 0; i < changes.length; i++) {
      int column = i;
      long values = first.values().stream().map(each -> each[column]).distinct().count();
      if (!changes[i] && first.size() > 1 && values > 1) {
        found.add(columns.get(i).name());
      }
    }
    return found;
  }

  /** Columns with values behind the target's last one, in half of the series. */
  List<String> knownAhead() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      int column = i;
      long some = behind.values().stream().filter(each -> each[column] > 0).count();
      if (target >= 0 && 2 * some >= behind.size()) {
        found.add(columns.get(i).name());
      }
    }
    return found;
  }

  /** Columns that tell the label: what sets one of their values apart is one label. */
  Set<String> givingAway() {
    Set<String> found = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      if (givesAway(labels.get(i))) {
        found.add(columns.get(i).name());
      }
    }
    return found;
  }

  private static boolean givesAway(Map<String, Map<String, Integer>> values) {
    Map<String, Integer> total = new HashMap<>();
    values.values().forEach(each -> each.forEach((name, n) -> total.merge(name, n, Integer::sum)));
    if (total.size() < 2 || values.size() < 2) {
      return false;
    }
    String usual =
        total.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    boolean any = false;
    for (Map<String, Integer> counts : values.values()) {
      int rows = counts.values().stream().mapToInt(Integer::intValue).sum();
      Map.Entry<String, Integer> most =
          counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      boolean pure = most.getValue() >= PURE * rows;
      boolean rare = !most.getKey().equals(usual) && rows >= LEAST_ROWS;
      any |= pure && rare;
    }
    return any;
  }
}
