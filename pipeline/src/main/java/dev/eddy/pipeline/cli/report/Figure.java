package dev.eddy.pipeline.cli.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A plot with its caption and its legend.
 *
 * @param caption above the plot
 * @param legend what the plot's styles mean, by style
 * @param svg the plot
 */
public record Figure(String caption, Map<String, String> legend, String svg) implements Element {
  public Figure {
    legend = Collections.unmodifiableMap(new LinkedHashMap<>(legend));
  }

  @Override
  public String html() {
    String entries =
        legend.entrySet().stream()
            .map(
                entry ->
                    "<span class=\"key "
                        + entry.getKey()
                        + "\">"
                        + Markup.escape(entry.getValue())
                        + "</span>")
            .collect(Collectors.joining(" "));
    return "<figure><figcaption>"
        + Markup.escape(caption)
        + "</figcaption>\n"
        + (entries.isEmpty() ? "" : "<p class=\"legend\">" + entries + "</p>\n")
        + svg
        + "</figure>\n";
  }
}
