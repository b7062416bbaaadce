package dev.eddy.pipeline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {
  private static final long DAY = 86_400_000;

  @TempDir Path folder;

  @Test
  void is_one_well_formed_page_with_a_plot_for_each_key() throws Exception {
    Path file = folder.resolve("pages").resolve("report.html");
    report("Pumps & <valves>").write(file);

    Document page = parse(Files.readString(file));

    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("Pumps & <valves>");
    Element band = (Element) page.getElementsByTagName("polygon").item(0);
    assertThat(band.getAttribute("points").split(" ")).hasSize(2 * 50);
  }

  @Test
  void needs_nothing_from_elsewhere() {
    assertThat(report("title").html()).doesNotContain("http", "<script", "<link", "url(");
  }

  @Test
  void draws_values_within_the_plot() throws Exception {
    Document page = parse(report("title").html());
    Element median = (Element) page.getElementsByTagName("polyline").item(0);
    for (String point : median.getAttribute("points").split(" ")) {
      String[] xy = point.split(",");
      assertThat(Double.parseDouble(xy[0])).isBetween(0.0, 960.0);
      assertThat(Double.parseDouble(xy[1])).isBetween(0.0, 300.0);
    }
  }

  @Test
  void draws_a_series_of_equal_values_and_a_single_point() throws Exception {
    ForecastPlot flat = plot("flat", List.of(point(0, 1, 0), point(DAY, 1, 0)));
    ForecastPlot single = plot("single", List.of(point(0, 1, 1)));

    assertThat(parse(flat.svg()).getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(flat.svg() + single.svg()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void shows_a_path_of_horizons_behind_the_actuals_before_its_origin() throws Exception {
    List<ForecastPlot.Point> points = new ArrayList<>();
    for (int day = 0; day < 20; day++) {
      points.add(ForecastPlot.Point.actual(day * DAY, day));
    }
    for (int day = 20; day < 28; day++) {
      points.add(
          new ForecastPlot.Point(day * DAY, day, List.of(5.0, 15.0, 20.0, 25.0, 35.0), 20.0));
    }
    Document plot = parse(new ForecastPlot("fan", "x", points, OptionalLong.of(19 * DAY)).svg());

    assertThat(plot.getElementsByTagName("polygon").getLength()).isEqualTo(2);
    assertThat(attributes(plot, "line", "class")).contains("origin");
    assertThat(attributes(plot, "polyline", "points").get(0).split(" ")).hasSize(8);
    assertThat(attributes(plot, "polyline", "points").get(1).split(" ")).hasSize(28);
  }

  @Test
  void draws_curves_over_horizons_and_a_diagonal_under_levels() throws Exception {
    List<LinePlot.Curve> curves =
        List.of(
            new LinePlot.Curve(
                "model",
                "model",
                List.of(
                    new LinePlot.Point(0.1, 0.2),
                    new LinePlot.Point(0.5, Double.NaN),
                    new LinePlot.Point(0.9, 0.8))));
    LinePlot levels = new LinePlot("levels", "level", "share", true, curves);
    LinePlot horizons = new LinePlot("horizons", "horizon", "MAE", false, curves);

    assertThat(attributes(parse(levels.svg()), "line", "class")).contains("diagonal");
    assertThat(attributes(parse(horizons.svg()), "line", "class")).doesNotContain("diagonal");
    assertThat(attributes(parse(levels.svg()), "circle", "class")).hasSize(2);
    assertThat(levels.svg() + horizons.svg()).doesNotContain("NaN");
    assertThat(levels.figure().html()).contains(">model<");
  }

  @Test
  void counts_answers_for_each_true_label() throws Exception {
    ConfusionPlot plot =
        new ConfusionPlot(
            new TreeMap<>(
                Map.of("sun", Map.of("sun", 8L, "rain", 2L), "rain", Map.of("rain", 5L))));

    Document table = parse(plot.html());

    assertThat(texts(table, "td")).containsExactly("5100 %", "00 %", "220 %", "880 %");
  }

  @Test
  void aligns_a_table_of_the_console() {
    ReportTable table =
        new ReportTable(List.of("key", "MAE"), List.of(List.of("a", "1.25"), List.of("long", "9")));

    assertThat(table.lines())
        .containsExactly("key    MAE", "──────────", "a     1.25", "long     9");
    assertThatThrownBy(() -> new ReportTable(List.of("key"), List.of(List.of("a", "b"))))
        .hasMessageContaining("2 cells (must be 1)");
  }

  @Test
  void labels_an_axis_with_round_values() {
    assertThat(new Axis(-3, 37, 0, 100).ticks(5)).containsExactly(0.0, 10.0, 20.0, 30.0);
    assertThat(new Axis(0.012, 0.031, 0, 100).ticks(4).stream().map(Axis::label))
        .containsExactly("0.015", "0.02", "0.025", "0.03");
  }

  private static Report report(String title) {
    List<ForecastPlot.Point> points = new ArrayList<>();
    for (int day = 0; day < 50; day++) {
      points.add(point(day * DAY, 10 * Math.sin(day / 5.0), 2));
    }
    return new Report(
        title,
        List.of("One & two < three."),
        Map.of("observations", "1,000"),
        List.of(
            new Section(
                "Scores & keys",
                "How good?",
                List.of(new ReportTable(List.of("key", "MAE"), List.of(List.of("a<b", "1.0"))))),
            new Section(
                "Plots", "", List.of(plot("one", points).figure(), plot("two", points).figure()))));
  }

  private static ForecastPlot plot(String title, List<ForecastPlot.Point> points) {
    return new ForecastPlot(title, "°C", points, OptionalLong.empty());
  }

  private static ForecastPlot.Point point(long time, double actual, double width) {
    return new ForecastPlot.Point(
        time, actual, List.of(actual - width, actual, actual + width), actual);
  }

  private static List<String> attributes(Document page, String tag, String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < page.getElementsByTagName(tag).getLength(); i++) {
      values.add(((Element) page.getElementsByTagName(tag).item(i)).getAttribute(name));
    }
    return values;
  }

  private static List<String> texts(Document page, String tag) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < page.getElementsByTagName(tag).getLength(); i++) {
      texts.add(page.getElementsByTagName(tag).item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(String markup) throws Exception {
    String xml = markup.replaceFirst("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
