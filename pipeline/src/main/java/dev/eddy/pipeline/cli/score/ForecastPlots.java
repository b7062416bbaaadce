package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.pipeline.cli.report.Chart;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot.Point;
import dev.eddy.pipeline.cli.report.Section;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Gathers what the plots of forecasts show: for a few keys, the worst among them, the last
 * forecasts of a few horizons, and where there are many horizons the whole path of them from one
 * origin.
 */
final class ForecastPlots {
  private static final int MOST_HORIZONS = 3;
  private static final int FEW_HORIZONS = 6; // fewer make no path

  private final ForecastCriteria scoring;
  private final HorizonNames names;
  private final ZoneId zone;
  private final List<Integer> horizons; // those whose forecasts are shown over time
  private final boolean paths;
  private final ShownKeys<List<ForecastSeries>> keys;

  /** For some of {@code all} keys, far apart in their order, and for the worst of them. */
  ForecastPlots(ForecastCriteria scoring, HorizonNames names, ZoneId zone, Collection<String> all) {
    this.scoring = scoring;
    this.names = names;
    this.zone = zone;
    horizons = Spread.over(scoring.horizons(), MOST_HORIZONS);
    paths = scoring.horizons().size() >= FEW_HORIZONS;
    keys = new ShownKeys<>(all, this::none);
  }

  private List<ForecastSeries> none() {
    return scoring.targets().stream()
        .map(target -> new ForecastSeries(scoring.horizons(), horizons, paths))
        .toList();
  }

  /** Takes in an observation, before its forecasts are scored. */
  void observed(String key, long time, double[] actuals) {
    if (paths && keys.mayShow(key)) {
      List<ForecastSeries> series = keys.of(key);
      for (int target = 0; target < actuals.length; target++) {
        series.get(target).observed(time, actuals[target]);
      }
    }
  }

  /** Takes in a forecast with its actual. */
  void scored(String key, int target, int horizon, long origin, Point point) {
    keys.of(key).get(target).add(horizon, origin, point);
  }

  /** Whether a key's forecasts may be shown. */
  boolean mayShow(String key) {
    return keys.mayShow(key);
  }

  /**
   * Nothing more comes of a key.
   *
   * @param error by which keys compare; NaN where it is not known
   */
  void end(String key, double error) {
    keys.end(key, error);
  }

  /** What there is to show. */
  List<Section> sections() {
    List<Chart> fans = new ArrayList<>();
    List<Chart> bands = new ArrayList<>();
    keys.shown()
        .forEach(
            (key, series) -> {
              for (int target = 0; target < series.size(); target++) {
                String name = scoring.targets().get(target).name();
                add(series.get(target), keys.title(key), name, fans, bands);
              }
            });
    return Stream.of(
            new Section(
                "All horizons from one origin",
                "What was forecast after the observation at the dashed line, and what came true.",
                fans),
            new Section(
                "Forecasts and what came true",
                "Each horizon's forecasts, at the times that they were made for; the worst keys by"
                    + " MASE, and others for comparison. Drag to look closer, double-click for all.",
                bands))
        .filter(section -> !section.elements().isEmpty())
        .toList();
  }

  private void add(
      ForecastSeries series, String key, String target, List<Chart> fans, List<Chart> bands) {
    series
        .path()
        .ifPresent(
            path ->
                fans.add(
                    plot(
                        key + ": " + target + " from one origin",
                        target,
                        path.points(),
                        OptionalLong.of(path.origin()))));
    for (Map.Entry<Integer, List<Point>> each : series.overTime().entrySet()) {
      String title = key + ": " + target + ", " + names.shortly(each.getKey()) + " ahead";
      if (names.interval().isEmpty()) {
        title = key + ": " + target + ", " + names.shortly(each.getKey());
      }
      bands.add(plot(title, target, each.getValue(), OptionalLong.empty()));
    }
  }

  private Chart plot(String title, String target, List<Point> points, OptionalLong origin) {
    return new ForecastPlot(title, target, zone, scoring.quantiles(), points, origin).chart();
  }
}
