package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.pipeline.cli.report.Figure;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot.Point;
import dev.eddy.pipeline.cli.report.Section;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Gathers what the plots of forecasts show: for a few keys, the last forecasts of a few horizons,
 * and where there are many horizons the whole path of them from one origin.
 */
final class ForecastPlots {
  private static final int MOST_KEYS = 6;
  private static final int MOST_HORIZONS = 3;
  private static final int MOST_POINTS = 400; // as many as a plot shows well
  private static final int FEW_HORIZONS = 6; // fewer make no path

  private final ForecastCriteria scoring;
  private final List<Integer> horizons; // those whose forecasts are shown over time
  private final boolean paths;
  private final Map<String, OfKey> keys = new TreeMap<>();

  /** For some of {@code all} keys, far apart in their order. */
  ForecastPlots(ForecastCriteria scoring, Collection<String> all) {
    this.scoring = scoring;
    horizons = Spread.over(scoring.horizons(), MOST_HORIZONS);
    paths = scoring.horizons().size() >= FEW_HORIZONS;
    for (String key : Spread.over(List.copyOf(all), MOST_KEYS)) {
      keys.put(key, new OfKey());
    }
  }

  /** Takes in an observation, before its forecasts are scored. */
  void observed(String key, long time, float[] actuals) {
    OfKey of = keys.get(key);
    if (of != null && paths) {
      of.observed(time, actuals);
    }
  }

  /** Takes in a forecast with its actual. */
  void scored(String key, int target, int horizon, long origin, Point point) {
    OfKey of = keys.get(key);
    if (of != null) {
      of.series.get(target).add(horizon, origin, point);
    }
  }

  /** Whether a key's forecasts are gathered. */
  boolean shows(String key) {
    return keys.containsKey(key);
  }

  /** What there is to show. */
  List<Section> sections() {
    List<Figure> fans = new ArrayList<>();
    List<Figure> bands = new ArrayList<>();
    keys.forEach(
        (key, of) -> {
          for (int target = 0; target < of.series.size(); target++) {
            String name = scoring.targets().get(target).name();
            of.series.get(target).fan(key, name).ifPresent(plot -> fans.add(plot.figure()));
            of.series.get(target).bands(key, name).forEach(plot -> bands.add(plot.figure()));
          }
        });
    return Stream.of(
            new Section(
                "All horizons from one origin",
                "What was forecast after the observation at the dashed line, and what came true.",
                fans),
            new Section(
                "Forecasts and what came true",
                "Each horizon's forecasts, at the times that they were made for.",
                bands))
        .filter(section -> !section.elements().isEmpty())
        .toList();
  }

  private final class OfKey {
    private final List<Series> series = new ArrayList<>(); // [targets]

    OfKey() {
      scoring.targets().forEach(target -> series.add(new Series()));
    }

    void observed(long time, float[] actuals) {
      for (int target = 0; target < actuals.length; target++) {
        series.get(target).observed(time, actuals[target]);
      }
    }
  }

  /** One target of one key. */
  private final class Series {
    private final Map<Integer, Deque<Point>> overTime = new TreeMap<>(); // by horizon
    private final TreeMap<Long, List<Point>> fromOrigin = new TreeMap<>();
    private final Deque<Point> recent = new ArrayDeque<>();
    private final int longest = scoring.horizons().get(scoring.horizons().size() - 1);

    void observed(long time, float actual) {
      recent.add(Point.actual(time, actual));
      if (recent.size() > 3 * Math.min(longest, MOST_POINTS)) {
        recent.remove();
      }
    }

    void add(int horizon, long origin, Point point) {
      int steps = scoring.horizons().get(horizon);
      if (horizons.contains(steps)) {
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

    Optional<ForecastPlot> fan(String key, String target) {
      if (fromOrigin.isEmpty()) {
        return Optional.empty();
      }
      Map.Entry<Long, List<Point>> path = fromOrigin.firstEntry();
      long origin = path.getKey();
      List<Point> before = recent.stream().filter(point -> point.time() <= origin).toList();
      int shown = Math.min(before.size(), 2 * path.getValue().size());
      List<Point> points = new ArrayList<>(before.subList(before.size() - shown, before.size()));
      points.addAll(path.getValue());
      return Optional.of(
          new ForecastPlot(
              key + ": " + target + " from one origin", target, points, OptionalLong.of(origin)));
    }

    List<ForecastPlot> bands(String key, String target) {
      List<ForecastPlot> plots = new ArrayList<>();
      overTime.forEach(
          (steps, points) -> {
            if (points.size() > 1) {
              plots.add(
                  new ForecastPlot(
                      key + ": " + target + ", horizon " + steps,
                      target,
                      List.copyOf(points),
                      OptionalLong.empty()));
            }
          });
      return plots;
    }
  }
}
