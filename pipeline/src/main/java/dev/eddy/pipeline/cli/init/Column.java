package dev.eddy.pipeline.cli.init;

import java.util.LinkedHashSet;
import java.util.Set;

/** Learns what a column holds by seeing all its cells. */
final class Column {
  private static final int MOST_DISTINCT = 10_000;

  private final String name;
  private final Set<String> distinct = new LinkedHashSet<>();
  private long cells;
  private long numbers;
  private long whole;
  private long counted;
  private double previous = Double.NaN;

  Column(String name) {
    this.name = name;
  }

  void see(String cell) {
    if (CsvTable.isMissing(cell)) {
      return;
    }
    cells++;
    if (distinct.size() <= MOST_DISTINCT) {
      distinct.add(cell);
    }
    if (CsvTable.isNumber(cell)) {
      double number = Double.parseDouble(cell);
      numbers++;
      whole += number == Math.rint(number) ? 1 : 0;
      counted += number == previous + 1 ? 1 : 0;
      previous = number;
    }
  }

  String name() {
    return name;
  }

  boolean isNumeric() {
    return cells > 0 && numbers == cells;
  }

  boolean isText() {
    return cells > 0 && numbers < cells;
  }

  boolean isWhole() {
    return isNumeric() && whole == cells;
  }

  /** Whether it numbers the rows: it says nothing of what was measured. */
  boolean isRowNumber() {
    return isWhole() && cells > 2 && counted >= 0.9 * (cells - 1);
  }

  /** Whether no two cells are alike, as far as they were counted. */
  boolean isDistinct() {
    return cells > 0 && distinct.size() == Math.min(cells, MOST_DISTINCT + 1);
  }

  /** How many values it has; at most a few thousand are counted. */
  int distinct() {
    return distinct.size();
  }

  boolean isConstant() {
    return distinct.size() <= 1;
  }
}
