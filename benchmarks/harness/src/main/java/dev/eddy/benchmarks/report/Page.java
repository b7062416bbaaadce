package dev.eddy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A result to be read by people: lines and tables, for a console or as Markdown. */
public final class Page {
  private final List<String> lines = new ArrayList<>();
  private final List<String> markdown = new ArrayList<>();

  /** Adds a line. */
  public void line(String text) {
    lines.add(text);
    markdown.add(text);
  }

  /** Adds a table, unless it is empty. */
  public void table(TextTable table) {
    if (!table.rows().isEmpty()) {
      line("");
      lines.addAll(table.lines());
      markdown.addAll(table.markdown());
    }
  }

  /** For a console. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** For a page. */
  public List<String> markdown() {
    return List.copyOf(markdown);
  }
}
