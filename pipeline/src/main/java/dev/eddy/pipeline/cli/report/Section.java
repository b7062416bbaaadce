package dev.eddy.pipeline.cli.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a report with a heading.
 *
 * @param heading its title
 * @param intro a sentence or two that say how to read what follows; may be empty
 * @param elements what it shows, from top to bottom
 */
public record Section(String heading, String intro, List<? extends Element> elements) {
  public Section {
    elements = List.copyOf(elements);
  }

  String html() {
    return "<section><h2>"
        + Markup.escape(heading)
        + "</h2>\n"
        + (intro.isEmpty() ? "" : "<p class=\"intro\">" + Markup.escape(intro) + "</p>\n")
        + elements.stream().map(Element::html).collect(Collectors.joining())
        + "</section>\n";
  }
}
