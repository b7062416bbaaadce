package dev.eddy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a console or a Markdown page.
 *
 * @param texts how many columns, from the left, hold text; the others are numbers, to the right
 */
public record TextTable(List<String> heads, List<List<String>> rows, int texts) {

  /** For a console. */
  List<String> lines() {
    int[] widths = new int[heads.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heads.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(heads, widths));
    lines.add("─".repeat(lines.get(0).length()));
    for (List<String> row : rows) {
      lines.add(line(row, widths).stripTrailing());
    }
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String gap = " ".repeat(widths[column] - cells.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(isText(column) ? cells.get(column) + gap : gap + cells.get(column));
    }
    return line.toString();
  }

  /** For a page. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", heads) + " |");
    StringBuilder rule = new StringBuilder("|");
    for (int column = 0; column < heads.size(); column++) {
      rule.append(isText(column) ? "---|" : "---:|");
    }
    lines.add(rule.toString());
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return lines;
  }

  private boolean isText(int column) {
    return column < texts;
  }
}
