package dev.eddy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cluster.FlinkCommand.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records in Confluent's wire format, with a registry that is a process of its own. */
@ExtendWith(SharedCluster.class)
class RegistryIT {
  private static final int ROWS = 200;

  private final FlinkCluster cluster;

  RegistryIT(FlinkCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void schemas_are_registered_looked_up_and_held_against_those_before() throws Exception {
    try (Registry registry = new Registry()) {
      Deployed deployed = Deployed.on(cluster, "framed");
      String yaml = framed(deployed, registry);
      eddy("replay", "-c", yaml);
      assertThat(eddy("check", "-c", yaml, "--topic", "100")).contains("all known and all there");

      String job = cluster.submit(List.of("-c", yaml), Map.of());
      deployed.awaitCommitted(ROWS);
      assertThat(eddy("tail", "-c", yaml, "--limit", "1"))
          .contains("\"key\":\"pump\"")
          .contains("\"forecasts\":[{\"target\":\"load\",\"horizon\":1,");
      unknownIdIsADeadLetter(deployed, yaml);

      aFeatureMoreIsTakenAndAnotherTypeIsNot(deployed, yaml, registry);
      anUnknownTopicIsWrittenDown(deployed, registry);
      registry.close();
      eddyFails(yaml, "no answer to /compatibility/subjects/");
      assertThat(cluster.rest().state(job)).isEqualTo("RUNNING");
      cluster.cancel(job);
    }
  }

  private static String framed(Deployed deployed, Registry registry) throws IOException {
    Path plain = Path.of(deployed.file());
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(row -> (10 + row % 7) + ".5," + row)
            .collect(Collectors.joining("\n"));
    Files.writeString(plain.resolveSibling("rows.csv"), "load,wind\n" + rows + "\n");
    String text =
        Files.readString(plain)
            .replace("input: {", "input: {encoding: avro-confluent, ")
            .concat("output: {encoding: avro-confluent}\nregistry: " + registry.url() + "\n")
            .concat("replay: {files: [rows.csv], key: {constant: pump},")
            .concat(" time: {start: 2026-01-01T00:00:00Z, step: 1 min}}\n");
    return Files.writeString(plain.resolveSibling("framed.yaml"), text).toString();
  }

  private void unknownIdIsADeadLetter(Deployed deployed, String yaml) throws Exception {
    byte[] value = ByteBuffer.allocate(9).put((byte) 0).putInt(4711).putInt(0).array();
    var bytes = new ByteArraySerializer();
    Map<String, Object> client = Map.copyOf(cluster.broker().client());
    try (var producer = new KafkaProducer<byte[], byte[]>(client, bytes, bytes)) {
      producer.send(new ProducerRecord<>(deployed.topics().topics().observations(), value)).get();
    }
    Awaitility.await("the dead letter")
        .atMost(FlinkCluster.PATIENCE)
        .until(() -> !deployed.topics().deadLetters().isEmpty());
    assertThat(eddy("tail", "-c", yaml, "dead-letters"))
        .contains("unknown-schema (schema 4711: unknown to the registry");
  }

  private static void aFeatureMoreIsTakenAndAnotherTypeIsNot(
      Deployed deployed, String yaml, Registry registry) throws Exception {
    registry.requireFull(deployed.topics().topics().observations() + "-value");
    String more = "input.features=[load, wind, sun]";
    assertThat(eddy("schema", "-c", yaml, "--register", "--set", more)).contains("-value: id ");
    Outcome text =
        EddyCommand.execute(
            "schema",
            "-c",
            yaml,
            "--register",
            "--set",
            "input.features=[load]",
            "--set",
            "input.categorical=[wind]");
    assertThat(text.code()).as(text.output()).isEqualTo(2);
    assertThat(text.output()).contains("(must be compatible with the latest version)");
  }

  private void anUnknownTopicIsWrittenDown(Deployed deployed, Registry registry) throws Exception {
    Path written = Path.of(deployed.file()).resolveSibling("written.yaml");
    Files.deleteIfExists(written);
    eddy(
        "init",
        "--from-topic",
        deployed.topics().topics().observations(),
        "--bootstrap-server",
        cluster.broker().client().getOrDefault("bootstrap.servers", ""),
        "--registry",
        registry.url(),
        "-o",
        written.toString());
    assertThat(Files.readString(written))
        .contains("  encoding: avro-confluent\n")
        .contains("registry:\n  url: ");
    assertThat(eddy("check", "-c", written.toString(), "--topic", "100"))
        .contains(" records would be dead letters, the first at partition");
  }

  private static String eddy(String... words) throws InterruptedException {
    Outcome outcome = EddyCommand.execute(words);
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return outcome.output();
  }

  private static void eddyFails(String yaml, String why) throws InterruptedException {
    Outcome outcome = EddyCommand.execute("schema", "-c", yaml, "--register");
    assertThat(outcome.code()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains(why);
  }
}
