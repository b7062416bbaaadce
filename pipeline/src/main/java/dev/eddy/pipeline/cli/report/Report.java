package dev.eddy.pipeline.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run's report.
 *
 * @param title the heading
 * @param summary sentences below it
 * @param facts figures with their names, in order
 * @param scores the table of scores
 * @param forecasts plots of a forecasting run
 * @param confusions tables of a classifying run
 */
public record Report(
    String title,
    List<String> summary,
    Map<String, String> facts,
    ReportTable scores,
    List<ForecastPlot> forecasts,
    List<ConfusionPlot> confusions) {

  /** Writes the report, in place of one that is there. */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, html());
  }

  /** The whole page. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
        + "<title>"
        + Markup.escape(title)
        + "</title>\n<style>\n"
        + style()
        + "</style></head>\n<body><main>\n<h1>"
        + Markup.escape(title)
        + "</h1>\n"
        + paragraphs()
        + figures()
        + "<h2>Scores</h2>\n"
        + scores.html()
        + plots()
        + "</main></body></html>\n";
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

  private String plots() {
    StringBuilder plots = new StringBuilder();
    if (!forecasts.isEmpty()) {
      plots.append(
          "<h2>Forecasts and what came true</h2>\n<p class=\"legend\"><span class=\"k-actual\">"
              + "actual</span> <span class=\"k-median\">median forecast</span> "
              + "<span class=\"k-band\">interval</span></p>\n");
    }
    for (ForecastPlot plot : forecasts) {
      plots.append(figure(plot.title() + ", " + plot.unit(), plot.svg()));
    }
    for (ConfusionPlot plot : confusions) {
      plots.append("<h2>").append(Markup.escape(plot.title())).append("</h2>\n");
      plots.append(plot.html());
    }
    return plots.toString();
  }

  private static String figure(String caption, String content) {
    return "<figure><figcaption>"
        + Markup.escape(caption)
        + "</figcaption>\n"
        + content
        + "</figure>\n";
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css: missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
