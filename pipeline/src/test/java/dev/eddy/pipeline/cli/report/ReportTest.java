package dev.eddy.pipeline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    assertThat(attributes(page, "div", "class")).filteredOn("chart"::equals).hasSize(2);
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("Pumps & <valves>");
  }

  @Test
  void holds_what_draws_it_with_its_licence_and_needs_nothing_from_elsewhere() {
    String page = report("title").html();

    assertThat(page)
        .contains("var uPlot=", "The MIT License (MIT)", ".u-legend", "new uPlot(")
        .doesNotContain("src=", "<link", "url(", "@import");
  }

  @Test
  void what_a_page_may_not_hold_is_shown_as_its_escape() throws Exception {
    String title = "a\u001b[31mb\u0085 </script> ]]>";

    Document page = parse(report(title).html());

    assertThat(texts(page, "h1")).containsExactly("a\\u001b[31mb\\u0085 </script> ]]>");
  }

  @Test
  void a_value_that_is_not_known_is_null_and_a_single_point_is_drawn() throws Exception {
    JsonNode flat = drawn(plot("flat", List.of(point(0, Double.NaN, 0), point(DAY, 1, 0))).chart());
    JsonNode single = drawn(plot("single", List.of(point(0, 1, 1))).chart());

    assertThat(flat.at("/series/3/name").asText()).isEqualTo("actual");
    assertThat(flat.at("/series/3/values/0").isNull()).isTrue();
    assertThat(flat.at("/series/3/values/1").asDouble()).isEqualTo(1);
    assertThat(single.at("/x")).hasSize(1);
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
    List<Double> levels = List.of(0.05, 0.25, 0.5, 0.75, 0.95);
    ForecastPlot fan =
        new ForecastPlot(
            "fan", "x", ZoneId.of("Asia/Tokyo"), levels, points, OptionalLong.of(19 * DAY));
    JsonNode plot = drawn(fan.chart());

    assertThat(plot.get("bands").asInt()).isEqualTo(2);
    assertThat(plot.get("origin").asLong()).isEqualTo(19 * DAY);
    assertThat(plot.get("zone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(plot.get("series").findValuesAsText("name"))
        .containsExactly("95 %", "5 %", "75 %", "25 %", "median", "actual");
    assertThat(plot.at("/series/0/values/19").isNull()).isTrue();
    assertThat(plot.at("/series/0/values/20").asDouble()).isEqualTo(35);
  }

  @Test
  void curves_of_other_places_share_one_axis() throws Exception {
    LinePlot.Curve one = curve("one", new LinePlot.Point(1, 2), new LinePlot.Point(96, 4));
    LinePlot.Curve other = curve("other", new LinePlot.Point(2, 3));

    JsonNode plot =
        drawn(new LinePlot("t", "horizon", "MAE", false, 900_000, List.of(one, other)).chart());

    assertThat(plot.get("x").toString()).isEqualTo("[1,2,96]");
    assertThat(plot.at("/series/0/values").toString()).isEqualTo("[2,null,4]");
    assertThat(plot.at("/series/1/values").toString()).isEqualTo("[null,3,null]");
    assertThat(plot.get("step").asLong()).isEqualTo(900_000);
  }

  @Test
  void labels_over_time_keep_the_unknown_empty() throws Exception {
    StatePlot plot =
        new StatePlot(
            "pump",
            ZoneOffset.UTC,
            List.of("ok", "worn"),
            List.of(new StatePlot.Point(0, null, "ok"), new StatePlot.Point(DAY, "worn", "ok")));

    JsonNode drawn = drawn(plot.chart());

    assertThat(drawn.at("/series/0/values").toString()).isEqualTo("[null,1]");
    assertThat(drawn.at("/series/1/values").toString()).isEqualTo("[0,0]");
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

  private static LinePlot.Curve curve(String name, LinePlot.Point... points) {
    return new LinePlot.Curve(name, "model", List.of(points));
  }

  /** What the page's script is given to draw. */
  private static JsonNode drawn(Chart chart) throws Exception {
    Document figure = parse(chart.html());
    return new ObjectMapper().readTree(texts(figure, "script").get(0));
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
                "Plots", "", List.of(plot("one", points).chart(), plot("two", points).chart()))));
  }

  private static ForecastPlot plot(String title, List<ForecastPlot.Point> points) {
    return new ForecastPlot(
        title, "°C", ZoneOffset.UTC, List.of(0.1, 0.5, 0.9), points, OptionalLong.empty());
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
