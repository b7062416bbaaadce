package dev.eddy.pipeline.cli.report;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws which label was true and which was answered over time, of one key.
 *
 * @param title above the plot
 * @param zone of the times shown
 * @param labels all that occur, in the order of their colours
 * @param points in the order of their time; at least one
 */
public record StatePlot(String title, ZoneId zone, List<String> labels, List<Point> points) {
  /**
   * An observation.
   *
   * @param time epoch milliseconds
   * @param truth null where unknown
   * @param answer what the model said
   */
  public record Point(long time, @Nullable String truth, String answer) {}

  public StatePlot {
    labels = List.copyOf(labels);
    points = List.copyOf(points);
  }

  /** The plot. */
  public Chart chart() {
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("kind", "states");
    drawn.put("zone", zone.getId());
    drawn.put("labels", labels);
    drawn.put("x", points.stream().map(Point::time).toList());
    drawn.put(
        "series",
        List.of(
            Chart.series("true", "state", places(Point::truth)),
            Chart.series("answered", "state", places(Point::answer))));
    return new Chart(title, drawn);
  }

  private List<@Nullable Integer> places(Function<Point, @Nullable String> label) {
    List<@Nullable Integer> places = new ArrayList<>();
    for (Point point : points) {
      String found = label.apply(point);
      int place = found == null ? -1 : labels.indexOf(found);
      places.add(place < 0 ? null : place);
    }
    return places;
  }
}
