package dev.eddy.pipeline.cli.report;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Report of a run: one HTML file that needs nothing but a browser.
 *
 * @param title the heading
 * @param summary sentences below it
 * @param facts figures with their names, in order
 * @param sections scores and plots, in order
 */
public record Report(
    String title, List<String> summary, Map<String, String> facts, List<Section> sections) {
  public Report {
    summary = List.copyOf(summary);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    sections = List.copyOf(sections);
  }

  /**
   * Writes the report, in place of one that is there.
   *
   * @throws UserMistake when it cannot be written there
   */
  public void write(Path file) {
    String html = html();
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new UserMistake(
          "--report: " + file + ": cannot be written (" + FileFault.of(e) + ")", e);
    }
  }

  /** The whole page. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
        + "<title>"
        + Markup.escape(title)
        + "</title>\n<style>\n"
        + Page.style()
        + "</style></head>\n<body><main>\n<h1>"
        + Markup.escape(title)
        + "</h1>\n"
        + paragraphs()
        + figures()
        + sections.stream().map(Section::html).collect(Collectors.joining())
        + "</main>\n<script>//<![CDATA[\n"
        + Page.script()
        + "//]]></script></body></html>\n";
  }

  private String paragraphs() {
    return summary.stream()
        .map(sentence -> "<p>" + Markup.escape(sentence) + "</p>\n")
        .collect(Collectors.joining());
  }

  private String figures() {
    return facts.entrySet().stream()
        .map(
            fact ->
                "<div><dt>"
                    + Markup.escape(fact.getKey())
                    + "</dt><dd>"
                    + Markup.escape(fact.getValue())
                    + "</dd></div>\n")
        .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
  }
}
