package dev.eddy.pipeline.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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
  private static final int TIME_TICKS = 12;
  private static final double MANY_DAYS = 60;
  private static final double FEW_DAYS = 3;
  private static final int VALUE_TICKS = 7;

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
    String pattern = days > MANY_DAYS ? "MMM yyyy" : days > FEW_DAYS ? "d MMM" : "d MMM HH:mm";
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    return timeTicks(days).stream()
        .map(
            tick ->
                Markup.format(
                    "<text class=\"tick\" x=\"%s\" y=\"%.0f\">%s</text>\n",
                    Markup.coordinate(x.pixel((double) tick.toInstant().toEpochMilli())),
                    HEIGHT - 8,
                    format.format(tick)))
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
