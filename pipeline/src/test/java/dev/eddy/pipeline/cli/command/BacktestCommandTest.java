package dev.eddy.pipeline.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.pipeline.cli.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From CSV files to scores, without a broker. */
class BacktestCommandTest {
  private static final int KEYS = 4;
  private static final int ROWS = 120;

  @TempDir Path folder;

  @Test
  void learns_from_files_and_scores_the_last_observations_of_each_key() throws IOException {
    Path yaml = forecasting();
    Ended checked = eddy("check", yaml, "--files");
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.out()).contains("ok     replay: ", "short: nothing is wrong");
    Ended trained = eddy("train", yaml, "--files", "--json");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("published short@1", "; not announced, without Kafka");
    assertThat(trained.json().get("effectiveFrom")).isNull();

    Path report = folder.resolve("report.html");
    Ended every = eddy("backtest", yaml, "--files", "--json", "--report", report.toString());
    assertThat(every.code()).as(every.err()).isZero();
    JsonNode json = every.json();
    assertThat(json.get("observations").asInt()).isEqualTo(KEYS * ROWS);
    assertThat(json.get("pooled")).hasSize(3);
    assertThat(json.get("scores")).hasSize(3 * KEYS);
    assertThat(json.get("pooled").get(0).get("count").asInt()).isEqualTo(KEYS * 8);
    assertThat(json.get("pooled").get(0).get("naive").get(0).get("name").asText())
        .isEqualTo("persistence");
    assertThat(json.get("pooled").get(0).get("levels")).hasSize(3);
    assertThat(json.get("pooled").get(0).get("mase").asDouble()).isPositive();
    assertThat(Files.readString(report)).contains("Error by horizon", "Calibration", "new uPlot(");

    assertThat(every.err()).doesNotContain("warning");
    assertThat(eddy("backtest", yaml, "--files", "--from", "2026-01-02").out())
        .contains("warning: the model may have learned from what is scored (only the test part");

    Path csv = folder.resolve("predictions.csv");
    Ended last =
        eddy("backtest", yaml, "--files", "--origin", "last", "--json", "--predictions", "" + csv);
    assertThat(Files.readAllLines(csv))
        .hasSize(1 + 3 * every.json().get("observations").asInt())
        .first()
        .asString()
        .startsWith("key,time,model,target,horizon,target_time,q0.1,q0.5,q0.9");
    assertThat(last.json().get("pooled").get(2).get("count").asInt()).isEqualTo(KEYS);
    assertThat(last.json().get("predictions").get("short@1").asInt()).isEqualTo(KEYS);
  }

  @Test
  void a_season_that_is_set_wrongly_is_no_way_to_look_good() throws IOException {
    Path yaml = forecasting();
    String wrong = "model.season=[5]";
    eddy("train", yaml, "--files", "--set", wrong);

    JsonNode json = eddy("backtest", yaml, "--files", "--json", "--set", wrong).json();

    assertThat(json.get("pooled").get(0).get("naive").findValuesAsText("name"))
        .contains("seasonal naive 5", "seasonal naive 7");
  }

  @Test
  void scores_classes_by_label_beside_the_naive_answers() throws IOException {
    Path yaml = classifying();
    eddy("train", yaml, "--files");
    Path report = folder.resolve("report.html");
    Ended ended = eddy("backtest", yaml, "--files", "--json", "--report", report.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode pooled = ended.json().get("pooled").get(0);
    assertThat(pooled.get("labels").get(0).get("label").asText()).isEqualTo("cold");
    assertThat(pooled.get("confusion").get("cold").get("hot").isNumber()).isTrue();
    assertThat(pooled.get("previous").get("macroF1").isNumber()).isTrue();
    assertThat(ended.err()).contains("precision", "true \\ answered", "majority label");
    assertThat(Files.readString(report))
        .contains("class=\"confusion\"", "True and answered over time");

    Ended last = eddy("backtest", yaml, "--files", "--origin", "last");
    assertOneLine(last, "eddy: --origin: last (must be every for classes)");
  }

  @Test
  void every_mistake_is_one_line() throws IOException {
    Path yaml = forecasting();
    assertOneLine(eddy("backtest", yaml, "--files"), "eddy: model short: no version in " + store());
    eddy("train", yaml, "--files", "--set", "training.updates=1");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--origin", "first"),
        "eddy: --origin: first (must be every or last)");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--warmup", "-1"),
        "eddy: --warmup: -1 (must be 0 or more)");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--from", "May"), "eddy: --from: May (must be ");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--from", "2099-01-01"),
        "eddy: scored period: nothing to score (must ");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--model", "short"),
        "eddy: --model: short (must look like name@7)");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--model", "short@7"),
        "eddy: --model: short@7 (must be in " + store() + ", whose newest is short@1)");
    assertOneLine(
        eddy("backtest", yaml, "--files", "--model", "tall@1"),
        "eddy: --model: tall@1 (must be in " + store() + ", which has no version of that name)");
    assertOneLine(eddy("backtest", yaml), "eddy: kafka.bootstrap.servers: ");
  }

  private void assertOneLine(Ended ended, String begin) {
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(Ended.MISTAKE);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith(begin);
  }

  private Path store() {
    return folder.resolve("models");
  }

  /** Four long series and a short one, which trains whole. */
  private Path forecasting() throws IOException {
    StringBuilder csv = new StringBuilder("series,load\n");
    for (int key = 0; key <= KEYS; key++) {
      for (int row = 0; row < (key == KEYS ? 20 : ROWS); row++) {
        csv.append("s%d,%.3f\n".formatted(key, 10 * (key + 1) + 5 * Math.sin(row * 0.9)));
      }
    }
    return deployment(
        csv,
        """
        input: {features: [load], target: load, interval: 1 h}
        model: {hidden: 8, layers: 1, horizons: [1, 2, 3], season: [7]}
        training: {split: {by: last, validation: 16, test: 8}, updates: 20, batch: 4,
                   sequence-length: 32, burn-in: 4, validate-every: 10}
        replay: {files: [rows.csv], key: series, time: {start: 2026-01-01, step: 1 h}}
        """);
  }

  private Path classifying() throws IOException {
    StringBuilder csv = new StringBuilder("series,heat,state\n");
    for (int key = 0; key < KEYS; key++) {
      for (int row = 0; row < 60; row++) {
        boolean hot = (row / 5 + key) % 2 == 0;
        csv.append("s%d,%d,%s\n".formatted(key, hot ? 30 : 10, hot ? "hot" : "cold"));
      }
    }
    return deployment(
        csv,
        """
        input: {features: [heat], label: state}
        model: {hidden: 8, layers: 1}
        training: {split: {by: key, validation: [s1], test: [s3]}, updates: 20, batch: 4,
                   sequence-length: 32, burn-in: 0, validate-every: 10}
        replay: {files: [rows.csv], key: series, time: {start: 2026-01-01, step: 1 h}}
        """);
  }

  private Path deployment(CharSequence csv, String settings) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), csv);
    return Files.writeString(
        folder.resolve("short.yaml"),
        """
        name: short
        store: models
        kafka: {bootstrap.servers: "127.0.0.1:1", default.api.timeout.ms: "500",
                request.timeout.ms: "400"}
        topics: {observations: o, predictions: p, models: m, dead-letters: d}
        """
            + settings);
  }

  private static Ended eddy(String command, Path yaml, String... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "-c", yaml));
    arguments.addAll(Arrays.asList(more));
    return Ended.eddy(arguments.toArray());
  }
}
