package dev.eddy.pipeline.cli.report;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * Draws forecast bands against actuals of one key: those of one horizon over time, or all horizons
 * of one origin.
 *
 * @param title above the plot
 * @param unit what the vertical axis shows
 * @param zone of the times shown
 * @param levels of the quantiles, ascending
 * @param points in the order of their time; at least one
 * @param origin where the forecasts were made, if all at one time, epoch milliseconds
 */
public record ForecastPlot(
    String title,
    String unit,
    ZoneId zone,
    List<Double> levels,
    List<Point> points,
    OptionalLong origin) {

  /**
   * A forecast and what came true.
   *
   * @param time of the target, epoch milliseconds
   * @param actual the target; NaN where unobserved
   * @param quantiles ascending; empty where nothing was forecast
   * @param median the forecast; NaN where nothing was forecast
   */
  public record Point(long time, double actual, List<Double> quantiles, double median) {
    public Point {
      quantiles = List.copyOf(quantiles);
    }

    /** An actual for which nothing was forecast. */
    public static Point actual(long time, double actual) {
      return new Point(time, actual, List.of(), Double.NaN);
    }

    private double quantile(int at) {
      return quantiles.isEmpty() ? Double.NaN : quantiles.get(at);
    }
  }

  public ForecastPlot {
    levels = List.copyOf(levels);
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("plot " + title + ": no points (must have one or more)");
    }
  }

  /** The plot; the quantiles come first, the outermost pairs first, then median and actual. */
  public Chart chart() {
    List<Map<String, Object>> series = new ArrayList<>();
    for (int low = 0; low < levels.size() / 2; low++) {
      series.add(quantile(levels.size() - 1 - low, low == 0));
      series.add(quantile(low, low == 0));
    }
    series.add(Chart.series("median", "median", values(Point::median)));
    series.add(Chart.series("actual", "actual", values(Point::actual)));
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("kind", "forecast");
    drawn.put("up", unit);
    drawn.put("zone", zone.getId());
    drawn.put("x", points.stream().map(Point::time).toList());
    drawn.put("bands", levels.size() / 2);
    origin.ifPresent(time -> drawn.put("origin", time));
    drawn.put("series", series);
    return new Chart(title, drawn);
  }

  /** Only the outermost ones are told of beside the plot. */
  private Map<String, Object> quantile(int at, boolean told) {
    String name = Markup.format("%s %%", Markup.number(100 * levels.get(at)));
    return Chart.series(name, told ? "edge" : "inner", values(point -> point.quantile(at)));
  }

  private List<?> values(ToDoubleFunction<Point> value) {
    return Chart.numbers(points.stream().map(value::applyAsDouble).toList());
  }
}
