package dev.eddy.pipeline.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A forecast band against the actuals of one key at one horizon.
 *
 * @param title above the plot
 * @param unit what the vertical axis shows
 * @param points in the order of their time; at least one
 */
public record ForecastPlot(String title, String unit, List<Point> points) {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 300;
  private static final double LEFT = 56;
  private static final double RIGHT = 12;
  private static final double TOP = 14;
  private static final double BOTTOM = 28;
  private static final int TIME_TICKS = 8;
  private static final int VALUE_TICKS = 5;

  /**
   * A forecast and what came true.
   *
   * @param time of the target, epoch milliseconds
   * @param actual the target
   * @param low the lowest quantile
   * @param median the forecast
   * @param high the highest quantile
   */
  public record Point(long time, double actual, double low, double median, double high) {}

  public ForecastPlot {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("plot " + title + ": no points (must have one or more)");
    }
  }

  /** The plot as an SVG element. */
  String svg() {
    Axis x = new Axis(first(), Math.max(last(), first() + 1), LEFT, WIDTH - RIGHT);
    Axis y =
        Axis.around(
            extreme(point -> -Math.min(point.low(), point.actual())) * -1,
            extreme(point -> Math.max(point.high(), point.actual())),
            HEIGHT - BOTTOM,
            TOP);
    return Markup.format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH, HEIGHT, Markup.escape(title))
        + valueAxis(y)
        + timeAxis(x)
        + band(x, y)
        + line(x, y, "median", Point::median)
        + line(x, y, "actual", Point::actual)
        + "</svg>\n";
  }

  private double first() {
    return points.get(0).time();
  }

  private double last() {
    return points.get(points.size() - 1).time();
  }

  private double extreme(ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).filter(Double::isFinite).max().orElse(0);
  }

  private static String valueAxis(Axis y) {
    return y.ticks(VALUE_TICKS).stream()
        .map(
            tick ->
                Markup.format(
                    "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%3$s\" y2=\"%3$s\"/>"
                        + "<text class=\"tick\" x=\"%4$.0f\" y=\"%3$s\" dy=\"4\""
                        + " text-anchor=\"end\">%5$s</text>\n",
                    LEFT,
                    WIDTH - RIGHT,
                    Markup.coordinate(y.pixel(tick)),
                    LEFT - 8,
                    Axis.label(tick)))
        .collect(Collectors.joining());
  }

  private String timeAxis(Axis x) {
    double days = (last() - first()) / 86_400_000.0;
    String pattern = days > 60 ? "MMM yyyy" : days > 3 ? "d MMM" : "d MMM HH:mm";
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    return IntStream.range(0, TIME_TICKS)
        .mapToLong(i -> roundTime((long) (first() + (last() - first()) * i / TIME_TICKS), days))
        .filter(time -> time >= first())
        .distinct()
        .mapToObj(
            time ->
                Markup.format(
                    "<text class=\"tick\" x=\"%s\" y=\"%.0f\">%s</text>\n",
                    Markup.coordinate(x.pixel((double) time)),
                    HEIGHT - 8,
                    format.format(Instant.ofEpochMilli(time))))
        .collect(Collectors.joining());
  }

  /** Back to the start of the month or the day, so that a label is true where it stands. */
  private static long roundTime(long time, double days) {
    ZonedDateTime exact = Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC);
    if (days > 60) {
      return exact.toLocalDate().withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
          * 1000;
    }
    return days > 3
        ? exact.toLocalDate().atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1000
        : time;
  }

  private String band(Axis x, Axis y) {
    StringBuilder outline = new StringBuilder();
    for (Point point : points) {
      append(outline, x, y, point.time(), point.high());
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      append(outline, x, y, points.get(i).time(), points.get(i).low());
    }
    return "<polygon class=\"band\" points=\"" + outline + "\"/>\n";
  }

  private String line(Axis x, Axis y, String style, ToDoubleFunction<Point> value) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      append(path, x, y, point.time(), value.applyAsDouble(point));
    }
    return "<polyline class=\"" + style + "\" points=\"" + path + "\"/>\n";
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
