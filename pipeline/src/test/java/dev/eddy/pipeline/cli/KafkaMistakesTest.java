package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.store.PublishedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes with brokers, topics and clusters are one line each. */
class KafkaMistakesTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @ParameterizedTest
  @ValueSource(strings = {"run", "train"})
  void each_missing_topic_is_one_line(String command) throws IOException {
    Ended ended = eddy(command, "-c", HERE.deployment("absent"));

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.err().lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("eddy: topics.observations: absent-observations (no such topic on 127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "train", "replay"})
  void an_unreachable_broker_is_one_line(String command) throws IOException {
    HERE.observations("load,wind\n1,2\n");
    Ended ended =
        eddy(
            command, "-c", HERE.deployment("away"), "--set", "kafka.bootstrap.servers=127.0.0.1:1");

    ended.assertMistake("kafka.bootstrap.servers: 127.0.0.1:1 (no broker takes connections there");
  }

  @Test
  void a_cluster_that_is_not_there_is_one_line() throws IOException {
    Path yaml = HERE.deployment("remote");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");

    eddy("run", "-c", yaml, "--target", "somewhere").assertMistake("(must be host:port)");
    eddy("run", "-c", yaml, "--target", "127.0.0.1:1")
        .assertMistake(
            "--target: 127.0.0.1:1 (nobody takes connections there; must be a Flink cluster's"
                + " REST");
    eddy("run", "-c", yaml, "--target", "127.0.0.1:99999")
        .assertMistake("--target: 127.0.0.1:99999 (");
  }

  @Test
  void a_row_that_does_not_parse_is_one_line_with_its_place() throws IOException {
    HERE.observations("load,wind\n1,2\nmuch,3\n");

    Ended ended = eddy("replay", "-c", HERE.deployment("row"), "--create-topics");

    ended.assertMistake("rows.csv:3: load: ");
  }

  @Test
  void nothing_announced_is_one_line_and_not_tried_again() throws IOException {
    Path yaml = HERE.deployment("untrained");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");

    eddy("run", "-c", yaml)
        .assertMistake("model test: none announced on topic untrained-models (must be trained");
    eddy("backtest", "-c", yaml)
        .assertMistake("model test: none announced on topic untrained-models (must be trained");
  }

  @Test
  void settings_that_flink_or_kafka_refuses_are_one_line() throws IOException {
    Path yaml = HERE.deployment("refused");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");

    eddy("run", "-c", yaml, "--set", "kafka.security.protocol=CLEAR")
        .assertMistake("kafka.security.protocol: CLEAR (must be one of ");
    eddy("run", "-c", yaml, "--set", "flink={execution.checkpointing.interval: often}")
        .assertMistake(
            "flink.execution.checkpointing.interval: often (must be a time such as 10 s)");
    eddy("run", "-c", yaml, "--ui-port", "-1").assertMistake("--ui-port: -1 (must be 0 to 65535)");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      eddy("run", "-c", yaml, "--ui-port", taken.getLocalPort())
          .assertMistake("flink.rest.port: " + taken.getLocalPort() + " (must be free)");
    }
    HERE.observations("load,wind\n1,2\n");
    Path rows = HERE.folder().resolve("rows.csv");
    eddy("run", "-c", yaml, "--set", "flink={execution.checkpointing.dir: \"" + rows + "/in\"}")
        .assertMistake("flink.execution.checkpointing.dir: ");
  }

  @Test
  void a_store_whose_model_has_changed_is_one_line() throws IOException {
    Path yaml = HERE.deployment("changed");
    PublishedModel version = HERE.models().publish(1);
    Path json = HERE.models().weights(version).resolveSibling("model.json");
    Files.writeString(json, Files.readString(json).replace("\"format\" : 1", "\"format\" : 9"));

    eddy("topics", "create", "-c", yaml);
    eddy("models", "list", "-c", yaml).assertMistake("model.json: format: 9 (must be 1)");
  }
}
