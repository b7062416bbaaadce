package dev.eddy.pipeline.cli.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws how often each label was answered for each true one, each cell shaded by its share of the
 * true label.
 *
 * @param counts by truth, then by answer
 */
public record ConfusionPlot(Map<String, Map<String, Long>> counts) implements Element {
  private static final double MOST_SHADE =
      0.6; // letters of the page stand out from it, light and dark

  public ConfusionPlot {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  @Override
  public String html() {
    List<String> labels = List.copyOf(counts.keySet());
    StringBuilder table =
        new StringBuilder("<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th></th>");
    table.append(Markup.format("<th class=\"axis\" colspan=\"%d\">answered</th>", labels.size()));
    table.append("</tr><tr><th class=\"axis\">true</th>");
    labels.forEach(label -> table.append("<th>").append(Markup.escape(label)).append("</th>"));
    table.append("</tr></thead><tbody>\n");
    for (String truth : labels) {
      table.append("<tr><th>").append(Markup.escape(truth)).append("</th>");
      labels.forEach(answer -> table.append(cell(truth, answer)));
      table.append("</tr>\n");
    }
    return table.append("</tbody></table></div>\n").toString();
  }

  private String cell(String truth, String answer) {
    Map<String, Long> row = counts.getOrDefault(truth, Map.of());
    long total = row.values().stream().mapToLong(Long::longValue).sum();
    long count = row.getOrDefault(answer, 0L);
    double share = total == 0 ? 0 : (double) count / total;
    return Markup.format(
        "<td style=\"background: rgba(43, 108, 176, %.2f)\">%,d<small>%.0f %%</small></td>",
        share * MOST_SHADE, count, 100 * share);
  }
}
