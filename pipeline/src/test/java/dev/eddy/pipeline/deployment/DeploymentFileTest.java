package dev.eddy.pipeline.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.CellType;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentFileTest {
  private static final String COMPLETE =
      """
      name: pumps
      store: models
      kafka: {bootstrap.servers: "localhost:9092", client.id: pumps}
      topics: {observations: o, predictions: p, models: m, dead-letters: d}
      input:
        features: [pressure, flow]
        categorical: [valve]
        calendar: [hour-of-day]
        zone: Asia/Shanghai
        interval: 15 min
        target: flow
      model: {cell: lstm, horizons: [1, 4], season: auto}
      training:
        split: {by: time, validation-from: 2015-01-01, test-from: 2015-02-01T00:00:00Z}
        updates: 50
      serving: {max-batch: 8, linger: 20 ms, forget-after: 1 d}
      flink: {parallelism.default: 2}
      """;

  @TempDir Path folder;

  @Test
  void a_season_may_be_none_or_found() {
    assertThat(read(COMPLETE.replace("season: auto", "season: none")).model().season())
        .contains(List.of());
    assertThat(read(COMPLETE).model().season()).isEmpty();
  }

  @Test
  void reads_every_block_and_keeps_defaults_of_what_is_not_said() {
    Deployment deployment = read(COMPLETE);

    assertThat(deployment.store()).isEqualTo(folder.resolve("models").toString());
    assertThat(deployment.kafka()).containsEntry("client.id", "pumps");
    assertThat(deployment.input().interval()).contains(Duration.ofMinutes(15));
    assertThat(deployment.model().cell()).isEqualTo(CellType.LSTM);
    assertThat(deployment.model().hidden()).isEqualTo(64);
    assertThat(deployment.model().season()).isEmpty();
    assertThat(deployment.training().updates()).isEqualTo(50);
    assertThat(deployment.training().sequenceLength()).isEqualTo(192);
    assertThat(deployment.serving().maxBatch()).isEqualTo(8);
    assertThat(deployment.serving().forgetAfter()).contains(Duration.ofDays(1));
    assertThat(deployment.flink()).containsEntry("parallelism.default", "2");
    assertThat(deployment.topics().partitions()).isEqualTo(1);
  }

  @Test
  void reads_what_is_known_ahead_as_a_block_or_in_short() {
    FutureSettings block =
        read(COMPLETE, "input.future={features: pressure, reach: 9}")
            .input()
            .future()
            .orElseThrow();
    assertThat(block.features()).containsExactly("pressure");
    assertThat(block.reach()).hasValue(9);
    for (String inShort : List.of("[pressure]", "pressure")) {
      FutureSettings found =
          read(COMPLETE, "input.future=" + inShort).input().future().orElseThrow();
      assertThat(found.features()).containsExactly("pressure");
      assertThat(found.reach()).as("the greatest horizon").hasValue(4);
    }
    assertThat(read(COMPLETE, "input.future=none").input().future()).isEmpty();
    FutureFields fields = read(COMPLETE, "input.future=pressure").observationSchema().future();
    assertThat(fields).isEqualTo(new FutureFields(List.of("pressure"), 4, 900_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow | input.future.features: flow (must be one of the features",
        "[pressure, valve] | input.future.features: valve (must be one of the features",
        "[pressure, pressure] | input.future.features: [pressure, pressure] (must be named once"
            + " each)",
        "[] | input.future.features: none (must be one or more)",
        "{features: pressure, reach: 0} | input.future.reach: 0 (must be 1 to 5000)",
        "{features: pressure, horizon: 3} | input.future.horizon: unknown setting",
      })
  void refuses_what_cannot_be_known_ahead(String future, String message) {
    assertThatThrownBy(() -> read(COMPLETE, "input.future=" + future))
        .hasMessageContaining(message);
  }

  private Deployment read(String text, String override) {
    return DeploymentFile.read(write(text), List.of(override));
  }

  @Test
  void reads_dates_without_an_offset_in_the_inputs_zone() {
    assertThat(read(COMPLETE).training().split())
        .isEqualTo(
            new Split.ByTime(
                Instant.parse("2014-12-31T16:00:00Z"), Instant.parse("2015-02-01T00:00:00Z")));
  }

  @Test
  void reads_keys_to_hold_back_as_a_list_a_glob_or_a_fraction() {
    Deployment deployment =
        DeploymentFile.read(
            write(COMPLETE),
            List.of("training.split={by: key, validation: 0.2, test: \"pump-*\"}"));

    assertThat(deployment.training().split())
        .isEqualTo(
            new Split.ByKey(new KeySelection.Fraction(0.2), new KeySelection.Glob("pump-*")));
  }

  @Test
  void is_read_by_its_uri_too() {
    Path file = write(COMPLETE);

    assertThat(DeploymentFile.readAnywhere(file.toUri().toString(), List.of()))
        .isEqualTo(DeploymentFile.readAnywhere(file.toString(), List.of()))
        .isEqualTo(DeploymentFile.read(file, List.of()));
    assertThatThrownBy(() -> DeploymentFile.readAnywhere("s4://bucket/weather.yaml", List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("s4://bucket/weather.yaml: cannot be read (");
  }

  @Test
  void says_nothing_of_checkpoints_unless_the_file_does() {
    assertThat(read(COMPLETE).flink()).doesNotContainKey("execution.checkpointing.dir");
  }

  @Test
  void overrides_settings_by_their_path() {
    Deployment deployment =
        DeploymentFile.read(
            write(COMPLETE), List.of("training.updates=7", "model.horizons=[2, 3]"));

    assertThat(deployment.training().updates()).isEqualTo(7);
    assertThat(deployment.model().horizons()).containsExactly(2, 3);
  }

  @Test
  void reads_whole_numbers_in_a_row() {
    assertThat(read(COMPLETE, "model.horizons=1..4").model().horizons())
        .containsExactly(1, 2, 3, 4);
    assertThat(read(COMPLETE, "model.horizons=[1..3, 48, 50..51]").model().horizons())
        .containsExactly(1, 2, 3, 48, 50, 51);
    assertThat(read(COMPLETE, "model.horizons=1..168").model().horizons()).hasSize(168);
  }

  @Test
  void reads_one_target_or_several() {
    assertThat(read(COMPLETE).input().target()).containsExactly("flow");
    assertThat(read(COMPLETE, "input.target=[flow, pressure]").input().target())
        .containsExactly("flow", "pressure");
  }

  @Test
  void puts_static_features_behind_the_others() {
    Deployment deployment = read(COMPLETE, "input.static=[pressure, valve]");
    assertThat(deployment.input().statics()).containsExactly("pressure", "valve");
    assertThat(deployment.trainingInput().features().numeric()).containsExactly("flow", "pressure");
    assertThat(deployment.trainingInput().statics()).containsExactly("pressure", "valve");
  }

  @Test
  void reads_what_is_written_of_a_prediction() {
    assertThat(read(COMPLETE).output()).isEqualTo(OutputSettings.defaults());
    assertThat(read(COMPLETE, "output={horizons: 4, format: flat}").output())
        .isEqualTo(new OutputSettings(List.of(4), OutputSettings.Format.FLAT));
  }

  @Test
  void reads_what_only_some_cells_have() {
    assertThat(read(COMPLETE).model().peephole()).isFalse();
    assertThat(read(COMPLETE.replace("cell: lstm", "cell: lstm, peephole: true")).model())
        .returns(CellType.LSTM, ModelSettings::cell)
        .returns(true, ModelSettings::peephole)
        .returns(1.0, ModelSettings::leak);
    assertThat(read(COMPLETE.replace("cell: lstm", "cell: rnn, leak: 0.3")).model())
        .returns(CellType.RNN, ModelSettings::cell)
        .returns(0.3, ModelSettings::leak);
    assertThat(read(COMPLETE, "model.cell=rnn", "model.leak=0.5").model())
        .returns(0.5, ModelSettings::leak);
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-batch: 8         | max-batch: 0       | deployment.yaml:16: serving.max-batch: 0 (must be 1 to 100000)
          max-batch: 8         | max-batch: many    | deployment.yaml:16: serving.max-batch: many (must be a whole number)
          max-batch: 8         | max-bach: 8        | deployment.yaml:16: serving.max-bach: unknown setting (did you mean max-batch?)
          linger: 20 ms        | linger: 20 lights  | deployment.yaml:16: serving.linger: 20 lights (must be a number with a unit: ms, s, min, h, d or w, such as 5 ms)
          serving:             | servin:            | deployment.yaml:16: servin: unknown setting (did you mean serving?)
          store: models        | xxxxx: models      | deployment.yaml:2: xxxxx: unknown setting (must be one of name, about, store, kafka, topics, input, model, training, serving, evaluation, output, registry, flink, replay)
          cell: lstm           | cell: elman        | deployment.yaml:12: model.cell: elman (must be one of sru, lstm, gru, rnn)
          cell: lstm           | cell: [sru, lstm]  | deployment.yaml:12: model.cell: [sru, lstm] (must be one of sru, lstm, gru, rnn)
          cell: lstm           | cell: gru, peephole: true | deployment.yaml:12: model.peephole: true (must be false with cell gru; only lstm has peepholes)
          cell: lstm           | cell: lstm, leak: 0.3 | deployment.yaml:12: model.leak: 0.3 (must be 1 with cell lstm; only rnn leaks)
          cell: lstm           | cell: rnn, leak: 0  | deployment.yaml:12: model.leak: 0 (must be above 0 and at most 1)
          cell: lstm           | cell: rnn, leak: much | deployment.yaml:12: model.leak: much (must be a number)
          target: flow         | target: heat       | deployment.yaml:11: input.target: heat (must be one of the features [pressure, flow])
          validation-from: 2015-01-01 | validation-from: May | deployment.yaml:14: training.split.validation-from: May (must be a date or a time such as 2015-01-01 or 2015-01-01T00:00:00Z)
          by: time             | by: moon           | deployment.yaml:14: training.split.by: moon (must be one of time, key, last, share)
          flow]                | flow, valve]       | deployment.yaml:5: input: valve (must be named once, and not be key or time)
          zone: Asia/Shanghai  | zone: Mars/Olympus | deployment.yaml:9: input.zone: Mars/Olympus (must be a time zone such as UTC or Asia/Shanghai)
          default: 2           | default: two       | deployment.yaml:17: flink.parallelism.default: two (must be a whole number)
          default: 2           | default: 129       | deployment.yaml:17: flink.parallelism.default: 129 (must be at most 128, which is pipeline.max-parallelism unless it is set)
          horizons: [1, 4]     | horizons: 4..1     | deployment.yaml:12: model.horizons[0]: 4..1 (must be ascending, and no more than 10000 numbers)
          horizons: [1, 4]     | horizons: [1..3, 2] | deployment.yaml:12: model.horizons: [1, 2, 3, 2] (must be ascending, each 1 to 10000)
          target: flow         | target: [flow, heat] | deployment.yaml:11: input.target: heat (must be one of the features [pressure, flow])
          target: flow         | target: [flow, flow] | deployment.yaml:11: input.target: [flow, flow] (must be named once each)
          target: flow         | target: flow\\n  static: [flow] | deployment.yaml:12: input.static: flow (must be among input.features and input.categorical, and no target)
          flink:               | output: {horizons: [4, 5]}\\nflink: | deployment.yaml:17: output.horizons: 5 (must be one of model.horizons, [1, 4])
          flink:               | output: {format: round}\\nflink: | deployment.yaml:17: output.format: round (must be nested or flat)
          name: pumps          | name: pump house   | deployment.yaml:1: name: pump house (must be letters, digits, '.', '_' or '-')
          """)
  void refuses_what_is_wrong_in_one_line(String right, String wrong, String message) {
    assertThat(COMPLETE).contains(right);
    String yaml = COMPLETE.replace(right, wrong.replace("\\n", "\n"));

    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserMistake.class)
        .satisfies(error -> assertThat(((UserMistake) error).lines()).contains(message));
  }

  @Test
  void reports_everything_that_is_wrong_at_once() {
    assertThatThrownBy(
            () -> read(COMPLETE.replace("updates: 50", "updates: x").replace("linger", "lingr")))
        .hasMessage(
            """
            deployment.yaml:15: training.updates: x (must be a whole number)
            deployment.yaml:16: serving.lingr: unknown setting (did you mean linger?)\
            """);
  }

  @Test
  void refuses_a_setting_that_is_missing() {
    assertThatThrownBy(() -> read(COMPLETE.replace("name: pumps\n", "")))
        .hasMessage("deployment.yaml:1: name: missing (must be given)");
  }

  @Test
  void refuses_a_setting_that_is_given_twice() {
    assertThatThrownBy(() -> read(COMPLETE + "name: again\n"))
        .hasMessage("deployment.yaml:18: name: given twice (must be given once)");
  }

  @Test
  void refuses_text_that_is_no_yaml_with_its_line() {
    assertThatThrownBy(() -> read("name: pumps\nstore: [models\n"))
        .hasMessageContaining("deployment.yaml:3: not YAML");
  }

  @Test
  void refuses_a_file_that_is_missing() {
    assertThatThrownBy(() -> DeploymentFile.read(folder.resolve("none.yaml"), List.of()))
        .hasMessageContaining("none.yaml: missing");
  }

  @Test
  void fills_in_variables_of_the_environment_or_their_default() {
    Deployment deployment = read(COMPLETE.replace("store: models", "store: ${NO_SUCH_ONE:-x}/y"));

    assertThat(deployment.store()).isEqualTo(folder.resolve("x/y").toString());
    assertThatThrownBy(() -> read(COMPLETE.replace("store: models", "store: ${NO_SUCH_ONE}/y")))
        .hasMessage(
            "deployment.yaml:2: store: ${NO_SUCH_ONE}/y (needs the environment variable"
                + " NO_SUCH_ONE, which is not set)");
  }

  @Test
  void a_variable_may_hold_what_is_more_than_text() {
    Deployment deployment =
        read(
            COMPLETE
                .replace("[1, 4]", "\"${AHEAD:-1..4}\"")
                .replace("season: auto", "season: \"${SEASON:-none}\"")
                .replace(
                    "by: time, validation-from: 2015-01-01, test-from: 2015-02-01T00:00:00Z",
                    "by: \"${PARTS:-key}\", validation: \"${SHARE:-0.25}\", test: 0.25"));
    assertThat(deployment.model().horizons()).containsExactly(1, 2, 3, 4);
    assertThat(deployment.model().season()).contains(List.of());
    assertThat(deployment.training().split().toString()).contains("0.25");
  }

  @Test
  void a_setting_added_to_a_block_in_short_leaves_what_that_says() {
    String replay = "replay: {files: [x.csv], key: pump, time: when}\n";
    Deployment deployment = read(COMPLETE + replay, "replay.time.zone=Europe/Berlin");
    assertThat(deployment.requireReplay().time().columns()).containsExactly("when");
    assertThat(deployment.requireReplay().time().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(read(COMPLETE + replay, "replay.time.columns=then").requireReplay().time().columns())
        .containsExactly("then");
    assertThatThrownBy(() -> read(COMPLETE, "model.hidden.size=3"))
        .hasMessageContaining("model.hidden: ")
        .hasMessageContaining("(must be one value");
    assertThatThrownBy(
            () ->
                read(
                    COMPLETE.replace(
                        "model: {cell: lstm, horizons: [1, 4], season: auto}", "model: lstm"),
                    "model.hidden=3"))
        .hasMessageContaining("model: lstm (must be a block of settings)");
  }

  @Test
  void refuses_a_variable_that_is_not_closed() {
    for (String store : List.of("${NAME", "x/${NAME:-y", "${NAME/${NAME:-y}")) {
      assertThatThrownBy(() -> read(COMPLETE.replace("store: models", "store: \"" + store + "\"")))
          .hasMessage(
              "deployment.yaml:2: store: " + store + " (must close each ${ with }, as in ${NAME})");
    }
    Deployment deployment =
        read(COMPLETE.replace("store: models", "store: \"${file:/etc/eddy:store}\""));
    assertThat(deployment.store()).endsWith("${file:/etc/eddy:store}");
  }

  private Deployment read(String yaml, String... overrides) {
    return DeploymentFile.read(write(yaml), List.of(overrides));
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(folder.resolve("deployment.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
