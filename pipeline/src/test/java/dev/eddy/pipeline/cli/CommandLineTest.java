package dev.eddy.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.deployment.DeploymentDocuments;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user meets at the command line: results, and one clear line for each mistake. */
class CommandLineTest {
  private static final int MISTAKE = 2;
  private static EmbeddedKafka kafka;

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {
    JsonNode json() {
      List<String> lines = out.lines().toList();
      try {
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
      } catch (IOException e) {
        throw new AssertionError(out, e);
      }
    }
  }

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void replays_checks_and_runs_a_deployment_to_the_end_of_its_topic() throws IOException {
    Path yaml = deployment("whole");
    observations("load,wind\n1,2\n2,3\n3,4\n");

    Ended replayed = eddy("replay", "-c", yaml.toString(), "--create-topics", "--json");
    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.json().get("observations").asInt()).isEqualTo(3);

    announce("whole", new TestModels(folder.resolve("models")).publish(1));
    Ended checked = eddy("check", "-c", yaml.toString(), "--json");
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.json().get("wrong")).isEmpty();
    assertThat(checked.out()).contains("ok     model test@1, its hashes and its features");

    Ended listed = eddy("models", "list", "-c", yaml.toString(), "--json");
    assertThat(listed.json().get("models").get(0).get("serving").asText())
        .isEqualTo("from the beginning");

    Ended ran = eddy("run", "-c", yaml.toString(), "--bounded", "--json");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("beginning anew");
    assertThat(predictions("whole")).isEqualTo(3);

    observations("load,wind\n4,5\n");
    eddy("replay", "-c", yaml.toString(), "--set", "replay.time.start=2026-01-02");
    Ended again = eddy("run", "-c", yaml.toString(), "--bounded");
    assertThat(again.out()).contains("resuming from").contains("finished");
    assertThat(predictions("whole")).isEqualTo(4);
  }

  @Test
  void a_bounded_run_on_a_cluster_can_be_resumed() throws Exception {
    Path yaml = deployment("cluster");
    observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    announce("cluster", new TestModels(folder.resolve("models")).publish(1));
    Path jar = folder.resolve("pipeline").resolve("target").resolve("eddy-job.jar");
    Files.createDirectories(jar.getParent());
    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
    System.setProperty("eddy.home", folder.toString());
    try (EmbeddedFlink flink = EmbeddedFlink.start(new Configuration())) {
      String address = flink.address().getAuthority();
      String[] run = {"run", "-c", yaml.toString(), "--bounded", "--target", address};
      Ended first = eddy(run);
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(predictions("cluster")).isEqualTo(3);

      assertThat(eddy(run).out()).contains("resuming from").contains("stopped with");
      assertThat(predictions("cluster")).isEqualTo(3);
    } finally {
      System.clearProperty("eddy.home");
    }
  }

  @Test
  void a_job_that_fails_and_starts_again_says_so() throws IOException {
    Path yaml = deployment("failing");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace(
                "300 ms}",
                "300 ms, restart-strategy.type: fixed-delay,"
                    + " restart-strategy.fixed-delay.attempts: 1,"
                    + " restart-strategy.fixed-delay.delay: 3 s}"));
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    TestModels models = new TestModels(folder.resolve("models"));
    PublishedModel version = models.publish(1);
    announce("failing", version);
    Files.delete(models.weights(version));

    Ended ended = eddy("run", "-c", yaml.toString(), "--bounded");

    assertThat(ended.code()).isNotZero();
    assertThat(ended.out()).containsOnlyOnce("the job failed and is started again: ");
  }

  @Test
  void checkpoints_of_another_topic_are_refused_unless_set_aside() throws IOException {
    Path yaml = deployment("before");
    observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    announce("before", new TestModels(folder.resolve("models")).publish(1));
    eddy("run", "-c", yaml.toString(), "--bounded");

    deployment("after");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    announce("after", new TestModels(folder.resolve("models")).publish(2));
    Ended refused = eddy("run", "-c", yaml.toString(), "--bounded");
    assertOneLine(refused, ": of topic before-observations with id ");
    assertThat(refused.err()).contains("(must be of after-observations with id ");

    Ended fresh = eddy("run", "-c", yaml.toString(), "--bounded", "--fresh");
    assertThat(fresh.code()).as(fresh.err()).isZero();
    assertThat(predictions("after")).isEqualTo(3);
  }

  @Test
  void check_says_everything_that_is_wrong() throws IOException {
    Path yaml = deployment("broken");
    observations("load,gust\n1,2\n");

    Ended ended = eddy("check", "-c", yaml.toString());

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .contains("wrong  " + folder.resolve("rows.csv") + ": ")
        .contains("wrong  topics.observations: broken-observations (no such topic on ")
        .contains("wrong  topics.models: broken-models (no such topic on ")
        .contains("to mend");
  }

  @Test
  void check_refuses_a_model_whose_bytes_have_changed() throws IOException {
    Path yaml = deployment("tampered");
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    TestModels models = new TestModels(folder.resolve("models"));
    PublishedModel version = models.publish(1);
    announce("tampered", version);
    Path weights = models.weights(version);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    Ended ended = eddy("check", "-c", yaml.toString());

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .containsPattern(
            "wrong  model test@1: .*weights.safetensors: SHA-256 \\w+ \\(must be \\w+\\)");
  }

  @Test
  void run_says_which_announced_versions_will_not_serve_and_runs_with_the_others()
      throws IOException {
    Path yaml = deployment("partly");
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    TestModels models = new TestModels(folder.resolve("models"));
    announce("partly", models.publish(1));
    PublishedModel tampered = models.publish(2);
    announce("partly", tampered);
    Files.write(models.weights(tampered), new byte[] {1, 2, 3});

    Ended ended = eddy("run", "-c", yaml.toString(), "--bounded");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines())
        .filteredOn(line -> line.startsWith("will not serve: "))
        .singleElement()
        .asString()
        .contains("model test@2: ", "weights.safetensors: SHA-256");
    assertThat(predictions("partly")).isEqualTo(1);
  }

  @Test
  void check_refuses_a_newest_model_that_does_something_else_than_the_input_asks()
      throws IOException {
    Path yaml = deployment("otherwise");
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    TestModels models = new TestModels(folder.resolve("models"));
    announce("otherwise", models.publish(1));
    String other = "input={features: [load, wind, rain], target: wind, interval: 1 min}";
    Ended asOther = eddy("check", "-c", yaml.toString(), "--set", other);
    assertThat(asOther.code()).isEqualTo(MISTAKE);
    assertThat(asOther.out())
        .contains(
            "wrong  model test@1: forecasts load (must forecast wind, as input.target says)",
            "wrong  model test@1: does not read [rain] (must read all of input.features");
    String classes = "input={features: [load, wind], label: state}";
    assertThat(eddy("check", "-c", yaml.toString(), "--set", classes).out())
        .contains("wrong  model test@1: forecasts (must do what input.label asks for)");
    String fewer = "input={features: [load], target: load}";
    assertThat(eddy("check", "-c", yaml.toString(), "--set", fewer).out())
        .contains("wrong  model test@1: reads [wind] (must be among input.features");

    announce("otherwise", models.publish(TestModels.spec(CellType.SRU, 2, 8, List.of("load")), 2));
    Ended asNewest =
        eddy(
            "check",
            "-c",
            yaml.toString(),
            "--set",
            "input={features: [load, wind], target: load}");
    assertThat(asNewest.out())
        .contains("ok     model test@2")
        .contains("wrong  model test@2: does not read [wind]");
  }

  @Test
  void check_refuses_a_model_that_cannot_carry_on_what_the_one_before_remembers()
      throws IOException {
    Path yaml = deployment("carried");
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml.toString(), "--create-topics");
    TestModels models = new TestModels(folder.resolve("models"));
    announce("carried", models.publish(1));
    announce(
        "carried", models.publish(TestModels.spec(CellType.GRU, 2, 8, List.of("load", "wind")), 2));

    assertThat(eddy("check", "-c", yaml.toString()).out())
        .contains("wrong  model test@2: swap: carry from 2×8 sru to 2×8 gru (must be reset, or ");
  }

  @Test
  void check_prints_the_schema_without_a_deployment() {
    Ended ended = eddy("check", "--schema");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo(DeploymentDocuments.schema());
  }

  @Test
  void a_starting_deployment_passes_check() throws IOException {
    StringBuilder csv = new StringBuilder("day,load\n");
    for (int day = 10; day < 30; day++) {
      csv.append("2026-01-").append(day).append(',').append(day * 1.5).append('\n');
    }
    Path file = Files.writeString(folder.resolve("load.csv"), csv);
    Path yaml = folder.resolve("load.yaml");

    Ended written = eddy("init", "--from", file.toString(), "-o", yaml.toString());
    assertThat(written.code()).as(written.err()).isZero();
    Files.writeString(
        yaml, Files.readString(yaml).replace("localhost:9092", kafka.bootstrapServers()));
    eddy("replay", "-c", yaml.toString(), "--create-topics");

    Ended checked = eddy("check", "-c", yaml.toString());
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.out()).contains("note   no model is announced yet");

    Ended again = eddy("init", "--from", file.toString(), "-o", yaml.toString());
    assertOneLine(again, "load.yaml: exists (give --force to replace it, or another --output)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "train"})
  void a_missing_topic_is_one_line(String command) throws IOException {
    Ended ended = eddy(command, "-c", deployment("absent").toString());

    assertOneLine(ended, "topics.observations: absent-observations (no such topic on 127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "train", "replay"})
  void an_unreachable_broker_is_one_line(String command) throws IOException {
    observations("load,wind\n1,2\n");
    Ended ended =
        eddy(
            command,
            "-c",
            deployment("away").toString(),
            "--set",
            "kafka.bootstrap.servers=127.0.0.1:1");

    assertOneLine(ended, "kafka.bootstrap.servers: 127.0.0.1:1 (no broker takes connections there");
  }

  @Test
  void a_cluster_that_is_not_there_is_one_line() throws IOException {
    String yaml = deployment("remote").toString();
    observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");

    assertOneLine(eddy("run", "-c", yaml, "--target", "somewhere"), "(must be host:port)");
    assertOneLine(
        eddy("run", "-c", yaml, "--target", "127.0.0.1:1"),
        "--target: 127.0.0.1:1 (nobody takes connections there; must be a Flink cluster's REST");
    assertOneLine(
        eddy("run", "-c", yaml, "--target", "127.0.0.1:99999"), "--target: 127.0.0.1:99999 (");
  }

  @Test
  void a_row_that_does_not_parse_is_one_line_with_its_place() throws IOException {
    observations("load,wind\n1,2\nmuch,3\n");

    Ended ended = eddy("replay", "-c", deployment("row").toString(), "--create-topics");

    assertOneLine(ended, "rows.csv:3: load: ");
  }

  @Test
  void unknown_settings_and_options_are_one_line_each() throws IOException {
    String yaml = deployment("typo").toString();

    assertOneLine(
        eddy("run", "-c", yaml, "--set", "serving.max-bach=1"),
        "--set: serving.max-bach: unknown setting (did you mean max-batch?)");
    assertOneLine(
        eddy("run", "-c", yaml, "--set", "serving.max-batch=0"),
        "--set: serving.max-batch: 0 (must be 1 or more)");
    Ended option = eddy("run", "-c", yaml, "--freshh");
    assertThat(option.code()).isEqualTo(MISTAKE);
    assertThat(option.err()).startsWith("eddy: Unknown option: '--freshh'").contains("--help");
  }

  @Test
  void a_cell_of_the_demo_is_checked_with_the_settings_that_only_some_cells_have()
      throws IOException {
    String yaml = deployment("cells").toString();

    assertOneLine(
        eddy("demo", "-c", yaml, "--cell", "elman"),
        "cell: elman (must be one of sru, lstm, gru, rnn)");
    assertOneLine(
        eddy("demo", "-c", yaml, "--cell", "gru", "--set", "model.peephole=true"),
        "model.peephole: true (must be false with cell gru; only lstm has peepholes)");
    assertThat(eddy("demo", "--help").out()).contains("sru|lstm|gru|rnn");
  }

  @Test
  void every_command_explains_itself() {
    for (CommandLine command : Eddy.commandLine(folder.resolve("log")).getSubcommands().values()) {
      Ended ended = eddy(command.getCommandName(), "--help");
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).contains("Usage: eddy " + command.getCommandName());
    }
  }

  private static void assertOneLine(Ended ended, String text) {
    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.err().lines()).singleElement().asString().startsWith("eddy: ").contains(text);
    assertThat(ended.out()).doesNotContain("Exception");
  }

  private int predictions(String name) {
    Ended tail =
        eddy(
            "tail",
            "--bootstrap-server",
            kafka.bootstrapServers(),
            name + "-predictions",
            "--json");
    return tail.json().get("records").asInt();
  }

  private void announce(String name, PublishedModel version) {
    AnnouncementPublisher.publish(
        kafka.client(),
        name + "-models",
        new TestModels(folder.resolve("models")).announce(version));
  }

  private void observations(String csv) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), csv);
  }

  private Path deployment(String topics) throws IOException {
    return Files.writeString(
        folder.resolve("deployment.yaml"),
        """
        name: test
        store: models
        kafka: {bootstrap.servers: "%s"}
        topics:
          observations: %2$s-observations
          predictions: %2$s-predictions
          models: %2$s-models
          dead-letters: %2$s-dead-letters
        input: {features: [load, wind], target: load, interval: 1 min}
        model: {horizons: [1, 3]}
        training: {split: {by: time, validation-from: 2026-01-01, test-from: 2026-01-01}}
        flink: {execution.checkpointing.interval: 300 ms}
        replay:
          files: [rows.csv]
          key: {constant: pump}
          time: {start: 2026-01-01T00:00:00Z, step: 1 min}
        """
            .formatted(kafka.bootstrapServers(), topics));
  }

  private Ended eddy(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Eddy.commandLine(folder.resolve("log"));
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Ended(commandLine.execute(arguments), out.toString(), err.toString());
  }
}
