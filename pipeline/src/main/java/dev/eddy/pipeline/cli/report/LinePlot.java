package dev.eddy.pipeline.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws curves over numbers.
 *
 * @param title above the plot
 * @param across what the horizontal axis measures
 * @param up what the vertical axis measures
 * @param square whether both axes go from 0 to 1, with a diagonal where they are equal
 * @param step milliseconds of one unit across, where it is one of time; 0 where it is none
 * @param curves one or more
 */
public record LinePlot(
    String title, String across, String up, boolean square, long step, List<Curve> curves) {

  /**
   * A named line of points.
   *
   * @param name in the legend
   * @param style a word of the style sheet
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

  /** The plot. */
  public Chart chart() {
    List<Double> places =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .map(Point::x)
            .distinct()
            .sorted()
            .toList();
    List<Map<String, Object>> series = new ArrayList<>();
    for (Curve curve : curves) {
      Map<Double, Double> values = new TreeMap<>();
      curve.points().forEach(point -> values.put(point.x(), point.y()));
      series.add(
          Chart.series(
              curve.name(),
              curve.style(),
              Chart.numbers(
                  places.stream().map(x -> values.getOrDefault(x, Double.NaN)).toList())));
    }
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("kind", square ? "square" : "lines");
    drawn.put("across", across);
    drawn.put("up", up);
    drawn.put("step", step);
    drawn.put("x", Chart.numbers(places));
    drawn.put("series", series);
    return new Chart(title, drawn);
  }
}
