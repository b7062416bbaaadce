package dev.eddy.pipeline.cli.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of scores, for the console and for the report. The first column is text, the others are
 * figures.
 *
 * @param heads of the columns
 * @param rows as many cells as heads
 */
public record ReportTable(List<String> heads, List<List<String>> rows) implements Element {
  public ReportTable {
    heads = List.copyOf(heads);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != heads.size()) {
        throw new IllegalArgumentException(
            "row " + row + ": " + row.size() + " cells (must be " + heads.size() + ")");
      }
    }
  }

  /** Lines with the columns aligned. */
  public List<String> lines() {
    List<Integer> widths =
        IntStream.range(0, heads.size()).mapToObj(this::width).collect(Collectors.toList());
    String rule = widths.stream().map("─"::repeat).collect(Collectors.joining("──"));
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(line(heads, widths), rule),
            rows.stream().map(row -> line(row, widths)))
        .toList();
  }

  private int width(int column) {
    return IntStream.concat(
            IntStream.of(heads.get(column).length()),
            rows.stream().mapToInt(row -> row.get(column).length()))
        .max()
        .orElse(0);
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            column -> {
              String space = " ".repeat(widths.get(column) - cells.get(column).length());
              return column == 0 ? cells.get(column) + space : space + cells.get(column);
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  @Override
  public String html() {
    String head =
        heads.stream()
            .map(cell -> "<th>" + Markup.escape(cell) + "</th>")
            .collect(Collectors.joining());
    String body =
        rows.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> "<td>" + Markup.escape(cell) + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>\n")))
            .collect(Collectors.joining());
    return "<div class=\"scroll\"><table><thead><tr>"
        + head
        + "</tr></thead><tbody>\n"
        + body
        + "</tbody></table></div>\n";
  }
}
