package dev.eddy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A result to be read by people: lines and tables, for a console and as Markdown. */
public final class Page {
  private final String name;
  private final List<String> lines = new ArrayList<>();
  private final List<String> markdown = new ArrayList<>();

  /** An empty page; {@code name} marks its place in a file. */
  public Page(String name) {
    this.name = name;
  }

  /** Adds a line. */
  public void line(String text) {
    lines.add(text);
    markdown.add(text);
  }

  /** Adds a table, unless it is empty. */
  public void table(TextTable table) {
    consoleTable(table);
    markdownTable(table);
  }

  /** Adds a table for the console only. */
  public void consoleTable(TextTable table) {
    if (!table.rows().isEmpty()) {
      lines.add("");
      lines.addAll(table.lines());
    }
  }

  /** Adds a table for Markdown only. */
  public void markdownTable(TextTable table) {
    if (!table.rows().isEmpty()) {
      markdown.add("");
      markdown.addAll(table.markdown());
    }
  }

  /** For a console. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Checks that {@link #write} will know where to.
   *
   * @throws IllegalArgumentException if the file is there and lacks the marks of this page
   */
  public void check(Path file) throws IOException {
    if (Files.exists(file) && !marks(Files.readAllLines(file))) {
      throw new IllegalArgumentException(
          file
              + ": exists (must have the lines "
              + begin()
              + " and "
              + end()
              + ", between which the tables go)");
    }
  }

  /**
   * Writes Markdown: a new file, or the part of one between the lines {@code <!-- begin NAME -->}
   * and {@code <!-- end NAME -->}.
   */
  public void write(Path file) throws IOException {
    check(file);
    List<String> written = new ArrayList<>();
    if (Files.exists(file)) {
      List<String> before = Files.readAllLines(file);
      written.addAll(before.subList(0, before.indexOf(begin()) + 1));
      written.add("");
      written.addAll(markdown);
      written.add("");
      written.addAll(before.subList(before.indexOf(end()), before.size()));
    } else {
      written.addAll(markdown);
    }
    Files.write(file, written);
  }

  private boolean marks(List<String> file) {
    return file.contains(begin()) && file.indexOf(begin()) < file.indexOf(end());
  }

  private String begin() {
    return "<!-- begin " + name + " -->";
  }

  private String end() {
    return "<!-- end " + name + " -->";
  }
}
