package dev.eddy.pipeline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    ForecastPlot flat = new ForecastPlot("flat", "x", List.of(point(0, 1, 0), point(DAY, 1, 0)));
    ForecastPlot single = new ForecastPlot("single", "x", List.of(point(0, 1, 1)));

    assertThat(parse(flat.svg()).getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(flat.svg() + single.svg()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void counts_answers_for_each_true_label() throws Exception {
    ConfusionPlot plot =
        new ConfusionPlot(
            "answers",
            List.of("sun", "rain"),
            Map.of("sun", Map.of("sun", 7L, "rain", 2L), "rain", Map.of("rain", 5L)));

    Document table = parse(plot.html());

    assertThat(texts(table, "td")).containsExactly("7", "2", "0", "5");
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
        .containsExactly("0.0150", "0.0200", "0.0250", "0.0300");
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
        new ReportTable(List.of("key", "MAE"), List.of(List.of("a<b", "1.0"))),
        List.of(new ForecastPlot("one", "°C", points), new ForecastPlot("two", "°C", points)),
        List.of());
  }

  private static ForecastPlot.Point point(long time, double actual, double width) {
    return new ForecastPlot.Point(time, actual, actual - width, actual, actual + width);
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
