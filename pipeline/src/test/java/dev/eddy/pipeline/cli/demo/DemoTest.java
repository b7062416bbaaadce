package dev.eddy.pipeline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way, from files through Kafka, training and the streaming job to scores. */
class DemoTest {
  private static final String HEAD =
      """
      name: tiny
      store: models
      kafka: {bootstrap.servers: "nowhere:1"}
      topics: {observations: o, predictions: p, models: m, dead-letters: d, partitions: 2}
      flink: {parallelism.default: 2}
      replay: {files: [rows.csv], key: key, time: day, sort: true}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void forecasts_a_period_that_was_held_back_once_for_each_observation() throws Exception {
    StringBuilder csv = new StringBuilder("key,day,load\n");
    for (String key : List.of("a", "b")) {
      for (int day = 0; day < 150; day++) {
        csv.append("%s,%s,%.3f\n".formatted(key, day(day), 10 + 5 * Math.sin(day * 0.9)));
      }
    }
    DemoResult result =
        demo(
            csv,
            """
            input: {features: [load], target: load, interval: 1 d}
            model: {hidden: 8, layers: 1, horizons: [1, 2], season: [7]}
            training:
              split: {by: time, validation-from: 2026-03-02, test-from: 2026-04-11}
              updates: 20
              batch: 4
              sequence-length: 32
              burn-in: 4
              validate-every: 10
            """);

    assertThat(result.model()).isEqualTo("tiny@1");
    assertThat(result.observations()).isEqualTo(300);
    assertThat(result.predictions()).isEqualTo(300);
    assertThat(result.streamed()).isEqualTo(100);
    assertThat(result.evaluation().forecasts())
        .extracting(ForecastScore::key, ForecastScore::count)
        .contains(tuple("a", 50L), tuple("*", 100L));
    assertThat(result.json().get("scores")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(4);
    assertThat(Files.readString(result.report())).contains("new uPlot(", "tiny@1");
    assertThat(out.toString())
        .contains("published tiny@1, serving from the beginning", "persistence");
  }

  @Test
  void streams_two_targets_as_flat_records_of_the_horizons_asked_for() throws Exception {
    StringBuilder csv = new StringBuilder("key,day,load,heat\n");
    for (String key : List.of("a", "b")) {
      for (int day = 0; day < 150; day++) {
        double load = 10 + 5 * Math.sin(day * 0.9);
        csv.append("%s,%s,%.3f,%.3f\n".formatted(key, day(day), load, 100 - 3 * load));
      }
    }
    DemoResult result =
        demo(
            csv,
            """
            input: {features: [load, heat], target: [heat, load], interval: 1 d}
            model: {hidden: 8, layers: 1, horizons: 1..3, season: [7]}
            output: {horizons: [1, 3], format: flat}
            training:
              split: {by: time, validation-from: 2026-03-02, test-from: 2026-04-11}
              updates: 20
              batch: 4
              sequence-length: 32
              burn-in: 4
              validate-every: 10
            """);

    assertThat(result.predictions()).isEqualTo(300);
    assertThat(result.evaluation().pooledForecasts())
        .extracting(ForecastScore::target, ForecastScore::horizon)
        .containsExactly(tuple("heat", 1), tuple("heat", 3), tuple("load", 1), tuple("load", 3));
    assertThat(result.evaluation().pooledForecasts())
        .allMatch(score -> score.count() == 100 && score.mae() < score.naive().get(0).mae());
    assertThat(Files.readString(result.report())).contains("heat", "load");
  }

  @Test
  void classifies_keys_that_were_held_back() throws Exception {
    StringBuilder csv = new StringBuilder("key,day,heat,state\n");
    for (String key : List.of("a", "b", "c", "d")) {
      for (int day = 0; day < 60; day++) {
        boolean hot = (day / 5 + key.charAt(0)) % 2 == 0;
        csv.append("%s,%s,%d,%s\n".formatted(key, day(day), hot ? 30 : 10, hot ? "hot" : "cold"));
      }
    }
    DemoResult result =
        demo(
            csv,
            """
            about: A made-up label.
            input: {features: [heat], label: state}
            model: {hidden: 8, layers: 1}
            training:
              split: {by: key, validation: [c], test: [d]}
              updates: 40
              batch: 4
              sequence-length: 32
              burn-in: 0
              validate-every: 10
            """);

    assertThat(result.streamed()).isEqualTo(60);
    assertThat(result.predictions()).isEqualTo(240);
    assertThat(result.evaluation().classes()).hasSize(2);
    ClassScore score = result.evaluation().classes().get(0);
    assertThat(score.key()).isEqualTo("d");
    assertThat(score.accuracy()).isGreaterThan(score.majority().accuracy());
    assertThat(Files.readString(result.report())).contains("confusion", "A made-up label.");
  }

  /** The two l have different successors: only a hidden state that streams along can tell them. */
  @ParameterizedTest
  @EnumSource(CellType.class)
  void every_cell_learns_hello_offline_and_spells_it_in_the_stream(CellType cell) throws Exception {
    String word = "hello";
    StringBuilder csv = new StringBuilder("key,day,character,next\n");
    for (String key : List.of("a", "b", "c", "d", "e", "f")) {
      for (int at = 0; at + 1 < word.length(); at++) {
        csv.append("%s,%s,%c,%c\n".formatted(key, day(at), word.charAt(at), word.charAt(at + 1)));
      }
    }
    DemoResult result =
        demo(
            csv,
            """
            input: {categorical: [character], label: next}
            model: {cell: %s, hidden: 16, layers: 1}
            training:
              split: {by: key, validation: [d], test: [e, f]}
              updates: 150
              batch: 4
              sequence-length: 4
              burn-in: 0
              learning-rate: 0.03
            """
                .formatted(cell.configName()));

    assertThat(result.streamed()).isEqualTo(8);
    assertThat(result.evaluation().classes()).isNotEmpty();
    assertThat(result.evaluation().classes()).allMatch(score -> score.accuracy() == 1);
  }

  private static String day(int day) {
    return LocalDate.of(2026, 1, 1).plusDays(day).toString();
  }

  private DemoResult demo(CharSequence csv, String settings) throws Exception {
    Files.writeString(folder.resolve("rows.csv"), csv);
    Path yaml = Files.writeString(folder.resolve("tiny.yaml"), HEAD + settings);
    Deployment deployment =
        SettingsBinder.bind(YamlDocument.read(yaml, Map.of()), Deployment.class, ZoneOffset.UTC);
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    Console console = new Console(new PrintWriter(out), false);
    return new Demo(deployment, scratch, folder.resolve("report.html"), console)
        .run(
            (result, running, flink) ->
                assertThat(ModelStore.at(Path.of(running.store())).list()).hasSize(1));
  }
}
