package dev.eddy.pipeline.cli.report;

import java.util.stream.Collectors;

/**
 * Draws what every plot has around its curves: room, horizontal lines at round values, labels.
 *
 * @param width pixels
 * @param height pixels
 */
record Frame(double width, double height) {
  private static final double LEFT = 58;
  private static final double RIGHT = 16;
  private static final double TOP = 30;
  private static final double BOTTOM = 46;
  private static final int VALUE_TICKS = 6;

  double left() {
    return LEFT;
  }

  double right() {
    return width - RIGHT;
  }

  double top() {
    return TOP;
  }

  double bottom() {
    return height - BOTTOM;
  }

  /** The whole plot. */
  String svg(String title, String content) {
    return Markup.format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">\n",
            width, height, Markup.escape(title))
        + content
        + "</svg>\n";
  }

  /** Lines at round values, and what they measure. */
  String valueAxis(Axis y, String label) {
    return y.ticks(VALUE_TICKS).stream()
            .map(
                tick ->
                    Markup.format(
                        "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%3$s\" y2=\"%3$s\"/>"
                            + "<text class=\"tick\" x=\"%4$.0f\" y=\"%3$s\" dy=\"4\""
                            + " text-anchor=\"end\">%5$s</text>\n",
                        left(),
                        right(),
                        Markup.coordinate(y.pixel(tick)),
                        left() - 8,
                        Axis.label(tick)))
            .collect(Collectors.joining())
        + Markup.format("<text class=\"label\" x=\"8\" y=\"18\">%s</text>\n", Markup.escape(label));
  }

  /** A label below the plot at a pixel; those near the edges stay inside. */
  String tick(double x, String text) {
    return Markup.format(
        "<line class=\"mark\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$.0f\" y2=\"%3$.0f\"/>"
            + "<text class=\"tick\" x=\"%1$s\" y=\"%4$.0f\" text-anchor=\"%5$s\">%6$s</text>\n",
        Markup.coordinate(x),
        bottom(),
        bottom() + 4,
        bottom() + 18,
        x > right() - 24 ? "end" : "middle",
        Markup.escape(text));
  }

  /** What the horizontal axis measures. */
  String across(String label) {
    return Markup.format(
        "<text class=\"label\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">%s</text>\n",
        right(), height - 8, Markup.escape(label));
  }
}
