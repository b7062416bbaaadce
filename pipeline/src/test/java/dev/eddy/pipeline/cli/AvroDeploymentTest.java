package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment whose records are Avro of schema files: every command that reads topics. */
class AvroDeploymentTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  private static final int ROWS = 40;

  private static Path avro(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(row -> (10 + row % 5) + ".5," + row)
            .collect(Collectors.joining("\n"));
    HERE.observations("load,wind\n" + rows + "\n");
    Ended schema = eddy("schema", "-c", yaml, "observations", "--out", HERE.folder());
    assertThat(schema.code()).as(schema.err()).isZero();
    String text =
        Files.readString(yaml)
            .replace(
                "input: {features",
                "output: {encoding: avro}\ninput: {encoding: avro, schema: observations.avsc,"
                    + " features");
    return Files.writeString(yaml, text);
  }

  private static void send(String topic, byte[] value) throws Exception {
    Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", HERE.broker()));
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(client, bytes, bytes)) {
      producer.send(new ProducerRecord<>(topic, 0, new byte[] {'x'}, value)).get();
    }
  }

  @Test
  void observations_are_sent_checked_trained_on_and_shown() throws IOException {
    Path yaml = avro("plain");

    Ended replay = eddy("replay", "-c", yaml, "--create-topics");
    assertThat(replay.code()).as(replay.err()).isZero();
    JsonNode shown = eddy("tail", "-c", yaml, "observations", "--json").json();
    assertThat(shown.get("count").asInt()).isEqualTo(ROWS);
    assertThat(shown.at("/records/3/value").toString())
        .isEqualTo(
            "{\"key\":\"pump\",\"time\":\"2026-01-01T00:03:00Z\",\"load\":13.5,\"wind\":3.0}");
    Ended raw = eddy("tail", "--bootstrap-server", HERE.broker(), "plain-observations", "--json");
    assertThat(raw.json().at("/records/3/value").isObject()).isFalse();

    Ended check = eddy("check", "-c", yaml, "--topic", 100);
    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("fields of 40 records, all known and all there")
        .contains("1 keys among the newest 40 records");
  }

  @Test
  void a_deployment_is_written_from_a_topic_and_a_schema_file() throws IOException {
    Path yaml = avro("described");
    eddy("replay", "-c", yaml, "--create-topics");
    Path schema = HERE.folder().resolve("observations.avsc");
    Path written = HERE.folder().resolve("below/written.yaml");
    Files.createDirectories(written.getParent());
    Object[] words = {
      "init", "--from-topic", "described-observations", "--bootstrap-server", HERE.broker()
    };

    eddy(words).assertMistake("no records of JSON objects among the newest 40");
    eddy(with(words, "--schema", yaml)).assertMistake("--schema: " + yaml);
    Ended init = eddy(with(words, "--schema", schema, "-o", written));

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out()).contains("0 of 40 records would be dead letters");
    assertThat(Files.readString(written))
        .contains("  encoding: avro\n", "  schema: \"../observations.avsc\"\n", "features: [load]");
    eddy("init", "--from", "x.csv", "--schema", schema)
        .assertMistake("--schema: without --from-topic (must be given with it)");
  }

  @Test
  void what_keeps_a_topic_from_being_recognised_is_said_of_the_topic() throws Exception {
    try (Topics topics = Topics.connect(Map.of("bootstrap.servers", HERE.broker()))) {
      topics.create("odd-records", 1);
    }
    for (int i = 0; i < 5; i++) {
      String record = "{\"key\": \"a\", \"when\": \"day %d of all\", \"load\": %d}".formatted(i, i);
      send("odd-records", record.getBytes(StandardCharsets.UTF_8));
    }
    eddy("init", "--from-topic", "odd-records", "--bootstrap-server", HERE.broker())
        .assertMistake(
            "--from-topic: odd-records laid out as a file, line 2: when: 'day 0 of all' looks like"
                + " a time and cannot be read");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray();
  }

  @Test
  void predictions_are_made_and_written_by_the_schema_that_is_printed() throws Exception {
    Path yaml = avro("streamed");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce("streamed", HERE.models().publish(1));

    Ended run = eddy("run", "-c", yaml, "--bounded");

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    JsonNode shown = eddy("tail", "-c", yaml, "--json").json();
    assertThat(shown.get("count").asInt()).isEqualTo(ROWS);
    JsonNode last = shown.at("/records/" + (ROWS - 1) + "/value");
    assertThat(last.get("model").asText()).isEqualTo(TestModels.NAME + "@1");
    assertThat(last.at("/forecasts/0/quantiles").size()).isEqualTo(3);
  }

  @Test
  void a_record_that_is_no_avro_is_a_dead_letter_shown_as_it_came() throws Exception {
    Path yaml = avro("letters");
    eddy("replay", "-c", yaml, "--create-topics");
    send("letters-observations", "{\"key\": \"x\"}".getBytes(StandardCharsets.UTF_8));
    HERE.announce("letters", HERE.models().publish(1));
    eddy("run", "-c", yaml, "--bounded");

    JsonNode letters = eddy("tail", "-c", yaml, "dead-letters", "--json").json();

    assertThat(letters.at("/records/0/deadLetter/reason").asText()).isEqualTo("malformed");
    assertThat(letters.at("/records/0/deadLetter/detail").asText()).contains("looks like JSON");
    assertThat(letters.at("/records/0/value/key").asText()).isEqualTo("x");
  }

  @Test
  void schemas_are_printed_for_people_and_programs() throws IOException {
    Path yaml = HERE.deployment("printed");

    Ended both = eddy("schema", "-c", yaml, "--json");

    assertThat(both.json().at("/observations/fields/2/name").asText()).isEqualTo("load");
    assertThat(both.json().at("/predictions/name").asText()).isEqualTo("Prediction");
    assertThat(eddy("schema", "-c", yaml, "predictions").out())
        .startsWith("{\n")
        .contains("\"name\" : \"Forecast\"")
        .doesNotContain("Observation");
    eddy("schema", "-c", yaml, "--register").assertMistake("no avro-confluent records");
    eddy("schema", "-c", yaml, "models").assertMistake("WHICH: models (must be observations");
  }

  @Test
  void settings_that_do_not_go_together_are_refused() throws IOException {
    Path yaml = HERE.deployment("refused");
    for (Map.Entry<List<String>, String> each :
        Map.of(
                List.of("input.encoding=avro"),
                "input.schema: none (must be a file, because input.encoding is avro)",
                List.of("input.schema=x.avsc"),
                "input.schema: x.avsc (must be left out unless input.encoding is avro)",
                List.of("output.encoding=avro-confluent"),
                "registry: missing (must be given, because records are avro-confluent)",
                List.of("registry=http://localhost:8081"),
                "registry: given (must be left out, or",
                List.of("input.encoding=avro", "input.schema=none.avsc"),
                "none.avsc: cannot be read (missing; must be a file with an Avro schema)")
            .entrySet()) {
      Object[] words = {"topics", "create", "-c", yaml, "--set", each.getKey().get(0)};
      if (each.getKey().size() > 1) {
        words =
            new Object[] {
              "topics",
              "create",
              "-c",
              yaml,
              "--set",
              each.getKey().get(0),
              "--set",
              each.getKey().get(1)
            };
      }
      eddy(words).assertMistake(each.getValue());
    }
  }

  @Test
  void passwords_of_the_registry_are_not_shown() throws IOException {
    Path yaml = HERE.deployment("secret");

    Ended show =
        eddy(
            "check",
            "--show",
            "-c",
            yaml,
            "--set",
            "output.encoding=avro-confluent",
            "--set",
            "registry={url: 'http://localhost:8081', user: me, password: s3cret}");

    assertThat(show.out()).contains("user: me").doesNotContain("s3cret");
  }

  @Test
  void framed_records_without_a_registry_say_what_is_missing() throws Exception {
    Path yaml = HERE.deployment("framed");
    HERE.observations("load,wind\n1,2\n");
    eddy("topics", "create", "-c", yaml);
    byte[] framed = new byte[12];
    framed[4] = 1;
    send("framed-observations", framed);

    eddy("init", "--from-topic", "framed-observations", "--bootstrap-server", HERE.broker())
        .assertMistake("1 of 1 records have schema registry framing (must be read with --registry");
  }
}
