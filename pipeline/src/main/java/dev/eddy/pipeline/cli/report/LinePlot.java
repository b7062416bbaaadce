package dev.eddy.pipeline.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Draws curves over numbers.
 *
 * @param title above the plot
 * @param across what the horizontal axis measures
 * @param up what the vertical axis measures
 * @param square whether both axes go from 0 to 1, with a diagonal where they are equal
 * @param curves one or more
 */
public record LinePlot(String title, String across, String up, boolean square, List<Curve> curves) {
  private static final Frame WIDE = new Frame(960, 320);
  private static final Frame SQUARE = new Frame(520, 460);
  private static final int FEW_TICKS = 12;
  private static final int FEW_DOTS = 60;

  /**
   * A named line of points.
   *
   * @param name in the legend
   * @param style a CSS class
   * @param points ascending in x
   */
  public record Curve(String name, String style, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A point.
   *
   * @param x across
   * @param y up; NaN leaves a gap
   */
  public record Point(double x, double y) {}

  public LinePlot {
    curves = List.copyOf(curves);
    if (curves.isEmpty() || curves.get(0).points().isEmpty()) {
      throw new IllegalArgumentException("plot " + title + ": no points (must have one or more)");
    }
  }

  /** The plot with its legend. */
  public Figure figure() {
    Map<String, String> legend = new LinkedHashMap<>();
    curves.forEach(curve -> legend.put(curve.style(), curve.name()));
    return new Figure(title, legend, svg());
  }

  String svg() {
    Frame frame = square ? SQUARE : WIDE;
    Axis x = acrossAxis(frame);
    Axis y = upAxis(frame);
    return frame.svg(
        title,
        frame.valueAxis(y, up)
            + ticks().stream()
                .map(tick -> frame.tick(x.pixel(tick), Axis.label(tick)))
                .collect(Collectors.joining())
            + frame.across(across)
            + (square ? diagonal(x, y) : "")
            + curves.stream().map(curve -> line(curve, x, y)).collect(Collectors.joining()));
  }

  private Axis acrossAxis(Frame frame) {
    if (square) {
      return new Axis(0, 1, frame.left(), frame.right());
    }
    double first = xs().min().orElse(0);
    double last = xs().max().orElse(1);
    double margin = last > first ? (last - first) * 0.02 : 1;
    return new Axis(first - margin, last + margin, frame.left(), frame.right());
  }

  private Axis upAxis(Frame frame) {
    if (square) {
      return new Axis(0, 1, frame.bottom(), frame.top());
    }
    double high =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Point::y)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return new Axis(0, high > 0 ? high * 1.05 : 1, frame.bottom(), frame.top());
  }

  private DoubleStream xs() {
    return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(Point::x);
  }

  /** Round values where there are many; the points' own where there are few. */
  private List<Double> ticks() {
    List<Double> own = xs().distinct().sorted().boxed().toList();
    if (square) {
      return new Axis(0, 1, 0, 1).ticks(5);
    }
    return own.size() <= FEW_TICKS && wideApart(own)
        ? own
        : new Axis(own.get(0), own.get(own.size() - 1), 0, 1).ticks(FEW_TICKS);
  }

  private static boolean wideApart(List<Double> values) {
    double whole = values.get(values.size() - 1) - values.get(0);
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) - values.get(i - 1) < whole / 40) {
        return false;
      }
    }
    return true;
  }

  private static String diagonal(Axis x, Axis y) {
    return Markup.format(
        "<line class=\"diagonal\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n",
        Markup.coordinate(x.pixel(0)),
        Markup.coordinate(y.pixel(0)),
        Markup.coordinate(x.pixel(1)),
        Markup.coordinate(y.pixel(1)));
  }

  private static String line(Curve curve, Axis x, Axis y) {
    List<String> pixels =
        curve.points().stream()
            .filter(point -> Double.isFinite(point.y()))
            .map(
                point ->
                    Markup.coordinate(x.pixel(point.x()))
                        + ","
                        + Markup.coordinate(y.pixel(point.y())))
            .toList();
    return "<polyline class=\"curve "
        + curve.style()
        + "\" points=\""
        + String.join(" ", pixels)
        + "\"/>\n"
        + (pixels.size() > FEW_DOTS ? "" : dots(curve, pixels));
  }

  private static String dots(Curve curve, List<String> pixels) {
    return pixels.stream()
        .map(
            pixel ->
                Markup.format(
                    "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>",
                    curve.style(), pixel.split(",")[0], pixel.split(",")[1]))
        .collect(Collectors.joining("", "", "\n"));
  }
}
