package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.connectors.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment whose schemas are with a registry that lets in only who has a token. */
class RegistryDeploymentTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  private static final int ROWS = 120;
  private static final String SMALL =
      "training={split: {by: last, validation: 20, test: 20}, updates: 4, batch: 2,"
          + " sequence-length: 8, burn-in: 1}";

  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RegistryServer();
    server.requires("Bearer s3cret");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path framed(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(row -> (10 + row % 7) + ".5," + row % 5)
            .collect(Collectors.joining("\n"));
    HERE.observations("load,wind\n" + rows + "\n");
    String text =
        Files.readString(yaml)
            .replace("input: {features", "input: {encoding: avro-confluent, features")
            .concat("output: {encoding: avro-confluent}\n")
            .concat("registry: {url: %s, token: s3cret}\n".formatted(server.url()));
    return Files.writeString(yaml, text);
  }

  private static Ended fine(Object... words) {
    Ended ended = eddy(words);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out() + ended.err()).doesNotContain("s3cret");
    return ended;
  }

  @Test
  void a_topic_of_framed_records_is_trained_on_scored_and_served() throws IOException {
    Path yaml = framed("tokened");
    fine("replay", "-c", yaml, "--create-topics");
    assertThat(fine("check", "-c", yaml, "--topic", 100).out())
        .contains("fields of 100 records, all known and all there");

    Ended trained = fine("train", "-c", yaml, "--set", SMALL, "--set", "model.hidden=4");
    assertThat(trained.out()).contains("published test@1, serving from the beginning");
    JsonNode scored = fine("backtest", "-c", yaml, "--set", SMALL, "--json").json();
    assertThat(scored.get("observations").asInt()).isEqualTo(ROWS);
    assertThat(scored.at("/pooled/0/count").asInt()).isEqualTo(20);
    fine("run", "-c", yaml, "--bounded");
    JsonNode shown = fine("tail", "-c", yaml, "--json").json();
    assertThat(shown.get("count").asInt()).isEqualTo(ROWS);
    assertThat(shown.at("/records/0/value/model").asText()).isEqualTo("test@1");
    assertThat(shown.at("/records/0/value/forecasts/0/target").asText()).isEqualTo("load");
  }

  @Test
  void scores_of_an_avro_topic_are_those_of_the_files_that_were_sent_there() throws IOException {
    Path yaml = framed("scored");
    fine("replay", "-c", yaml, "--create-topics");
    fine("train", "-c", yaml, "--set", SMALL, "--set", "model.hidden=4");

    JsonNode ofTopic = fine("backtest", "-c", yaml, "--set", SMALL, "--json").json();
    JsonNode ofFiles = fine("backtest", "-c", yaml, "--set", SMALL, "--json", "--files").json();

    assertThat(ofTopic.get("scores")).isEqualTo(ofFiles.get("scores"));
  }

  @Test
  void a_wrong_token_is_a_mistake_told_once_before_anything_is_read() throws IOException {
    Path yaml = framed("refused");
    fine("topics", "create", "-c", yaml);

    for (String command : new String[] {"run", "replay", "schema"}) {
      Object[] words = {command, "-c", yaml, "--set", "registry.token=older"};
      Object[] registering = {command, "-c", yaml, "--set", "registry.token=older", "--register"};
      eddy(command.equals("schema") ? registering : words)
          .assertMistake("answers 401 Unauthorized (must allow registry.user or registry.token");
    }
  }
}
