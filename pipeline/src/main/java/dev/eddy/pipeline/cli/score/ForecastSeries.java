package dev.eddy.pipeline.cli.score;

import dev.eddy.pipeline.cli.report.ForecastPlot.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the last forecasts of one target of a key, with what came true, for its plots. */
final class ForecastSeries {
  private static final int MOST_POINTS = 400; // as many as a plot shows well

  private final List<Integer> horizons;
  private final List<Integer> shown;
  private final boolean paths;
  private final int longest;
  private final Map<Integer, Deque<Point>> overTime = new TreeMap<>(); // by horizon
  private final TreeMap<Long, List<Point>> fromOrigin = new TreeMap<>();
  private final Deque<Point> recent = new ArrayDeque<>();

  /**
   * All horizons from one origin.
   *
   * @param origin epoch milliseconds
   * @param points what was observed up to there, then the forecasts
   */
  record Path(long origin, List<Point> points) {}

  /**
   * None yet.
   *
   * @param horizons all of them, ascending
   * @param shown those whose forecasts are shown over time
   * @param paths whether all of them from one origin are shown, too
   */
  ForecastSeries(List<Integer> horizons, List<Integer> shown, boolean paths) {
    this.horizons = horizons;
    this.shown = shown;
    this.paths = paths;
    longest = horizons.get(horizons.size() - 1);
  }

  void observed(long time, double actual) {
    recent.add(Point.actual(time, actual));
    if (recent.size() > 3 * Math.min(longest, MOST_POINTS)) {
      recent.remove();
    }
  }

  /**
   * A forecast with its actual.
   *
   * @param horizon its place among the horizons
   */
  void add(int horizon, long origin, Point point) {
    int steps = horizons.get(horizon);
    if (shown.contains(steps)) {
      Deque<Point> points = overTime.computeIfAbsent(steps, unknown -> new ArrayDeque<>());
      points.add(point);
      if (points.size() > MOST_POINTS) {
        points.remove();
      }
    }
    if (paths) {
      fromOrigin.computeIfAbsent(origin, unknown -> new ArrayList<>()).add(point);
      if (steps == longest) {
        fromOrigin.headMap(origin).clear(); // a newer path is whole
      }
    }
  }

  Optional<Path> path() {
    if (fromOrigin.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<Long, List<Point>> path = fromOrigin.firstEntry();
    long origin = path.getKey();
    List<Point> before = recent.stream().filter(point -> point.time() <= origin).toList();
    int least = Math.min(before.size(), 2 * path.getValue().size());
    List<Point> points = new ArrayList<>(before.subList(before.size() - least, before.size()));
    points.addAll(path.getValue());
    return Optional.of(new Path(origin, points));
  }

  /** By horizon; those with too few for a line are left out. */
  Map<Integer, List<Point>> overTime() {
    Map<Integer, List<Point>> lines = new TreeMap<>();
    overTime.forEach(
        (steps, points) -> {
          if (points.size() > 1) {
            lines.put(steps, List.copyOf(points));
          }
        });
    return lines;
  }
}
