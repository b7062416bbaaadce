package dev.eddy.pipeline.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Draws forecast bands against actuals of one key: those of one horizon over time, or all horizons
 * of one origin.
 *
 * @param title above the plot
 * @param unit what the vertical axis shows
 * @param points in the order of their time; at least one
 * @param origin where the forecasts were made, if all at one time, epoch milliseconds
 */
public record ForecastPlot(String title, String unit, List<Point> points, OptionalLong origin) {
  private static final Frame FRAME = new Frame(960, 300);
  private static final int TIME_TICKS = 10;
  private static final double MANY_DAYS = 60;
  private static final double FEW_DAYS = 3;

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

    private DoubleStream values() {
      return DoubleStream.concat(
              DoubleStream.of(actual, median), quantiles.stream().mapToDouble(Double::doubleValue))
          .filter(Double::isFinite);
    }
  }

  public ForecastPlot {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("plot " + title + ": no points (must have one or more)");
    }
  }

  /** The plot with its legend. */
  public Figure figure() {
    Map<String, String> legend = new LinkedHashMap<>();
    legend.put("actual", "actual");
    legend.put("median", "median forecast");
    legend.put("band", "intervals");
    return new Figure(title, legend, svg());
  }

  String svg() {
    Axis x = new Axis(first(), Math.max(last(), first() + 1), FRAME.left(), FRAME.right());
    Axis y =
        Axis.around(
            points.stream().flatMapToDouble(Point::values).min().orElse(0),
            points.stream().flatMapToDouble(Point::values).max().orElse(0),
            FRAME.bottom(),
            FRAME.top());
    return FRAME.svg(
        title,
        FRAME.valueAxis(y, unit)
            + timeAxis(x)
            + bands(x, y)
            + originLine(x)
            + line(x, y, "median", Point::median)
            + line(x, y, "actual", Point::actual));
  }

  private double first() {
    return points.get(0).time();
  }

  private double last() {
    return points.get(points.size() - 1).time();
  }

  private String timeAxis(Axis x) {
    double days = (last() - first()) / 86_400_000.0;
    String pattern = days > MANY_DAYS ? "MMM yyyy" : days > FEW_DAYS ? "d MMM" : "d MMM HH:mm";
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    return timeTicks(days).stream()
        .map(
            tick ->
                FRAME.tick(x.pixel((double) tick.toInstant().toEpochMilli()), format.format(tick)))
        .collect(Collectors.joining());
  }

  /** Beginnings of months, days or hours, at most {@value #TIME_TICKS} and equally far apart. */
  private List<ZonedDateTime> timeTicks(double days) {
    ChronoUnit unit =
        days > MANY_DAYS ? ChronoUnit.MONTHS : days > FEW_DAYS ? ChronoUnit.DAYS : ChronoUnit.HOURS;
    ZonedDateTime end = Instant.ofEpochMilli((long) last()).atZone(ZoneOffset.UTC);
    ZonedDateTime begin = Instant.ofEpochMilli((long) first()).atZone(ZoneOffset.UTC);
    ZonedDateTime tick =
        unit == ChronoUnit.MONTHS
            ? begin.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1)
            : begin.truncatedTo(unit);
    long step = unit.between(tick, end) / TIME_TICKS + 1;
    List<ZonedDateTime> ticks = new ArrayList<>();
    for (; !tick.isAfter(end); tick = tick.plus(step, unit)) {
      if (!tick.isBefore(begin)) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /** One band for each pair of quantiles, the outermost first: where they overlap it is darker. */
  private String bands(Axis x, Axis y) {
    List<Point> forecast = points.stream().filter(each -> !each.quantiles().isEmpty()).toList();
    int quantiles = forecast.isEmpty() ? 0 : forecast.get(0).quantiles().size();
    StringBuilder bands = new StringBuilder();
    for (int low = 0; low < quantiles / 2; low++) {
      int from = low;
      int to = quantiles - 1 - low;
      StringBuilder outline = new StringBuilder();
      for (Point point : forecast) {
        append(outline, x, y, point.time(), point.quantiles().get(to));
      }
      for (int i = forecast.size() - 1; i >= 0; i--) {
        append(outline, x, y, forecast.get(i).time(), forecast.get(i).quantiles().get(from));
      }
      bands.append("<polygon class=\"band\" points=\"").append(outline).append("\"/>\n");
    }
    return bands.toString();
  }

  private String originLine(Axis x) {
    if (origin.isEmpty()) {
      return "";
    }
    return Markup.format(
        "<line class=\"origin\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$.0f\" y2=\"%3$.0f\"/>\n",
        Markup.coordinate(x.pixel((double) origin.getAsLong())), FRAME.top(), FRAME.bottom());
  }

  private String line(Axis x, Axis y, String style, ToDoubleFunction<Point> value) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      append(path, x, y, point.time(), value.applyAsDouble(point));
    }
    return "<polyline class=\"curve " + style + "\" points=\"" + path + "\"/>\n";
  }

  private static void append(StringBuilder path, Axis x, Axis y, long time, double value) {
    if (Double.isFinite(value)) {
      path.append(path.length() == 0 ? "" : " ")
          .append(Markup.coordinate(x.pixel((double) time)))
          .append(',')
          .append(Markup.coordinate(y.pixel(value)));
    }
  }
}
