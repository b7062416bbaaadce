package dev.eddy.pipeline.cli.report;

import java.util.List;
import java.util.Map;

/**
 * How often each label was answered for each true one.
 *
 * @param title above the table
 * @param labels in the model's order
 * @param counts by truth, then by answer
 */
public record ConfusionPlot(
    String title, List<String> labels, Map<String, Map<String, Long>> counts) {
  public ConfusionPlot {
    labels = List.copyOf(labels);
    counts = Map.copyOf(counts);
  }

  /** The table as an HTML element, each cell shaded by its share of the true label. */
  String html() {
    StringBuilder table = new StringBuilder("<table class=\"confusion\"><thead><tr><th>true</th>");
    labels.forEach(label -> table.append("<th>").append(Markup.escape(label)).append("</th>"));
    table.append("</tr></thead><tbody>\n");
    for (String truth : labels) {
      table.append("<tr><th>").append(Markup.escape(truth)).append("</th>");
      labels.forEach(answer -> table.append(cell(truth, answer)));
      table.append("</tr>\n");
    }
    return table.append("</tbody></table>\n").toString();
  }

  private String cell(String truth, String answer) {
    Map<String, Long> row = counts.getOrDefault(truth, Map.of());
    long total = row.values().stream().mapToLong(Long::longValue).sum();
    long count = row.getOrDefault(answer, 0L);
    double share = total == 0 ? 0 : (double) count / total;
    return Markup.format(
        "<td style=\"background: rgba(43, 108, 176, %.2f)\">%d</td>", share * 0.8, count);
  }
}
