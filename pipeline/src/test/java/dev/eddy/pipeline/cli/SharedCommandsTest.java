package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that hold for all keys, at the command line. */
class SharedCommandsTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  private static final String WINDS = "time,wind\n2026-01-01T00:00:00Z,2\n2026-01-01T00:02:00Z,3\n";

  /** Its wind is of the topic {@code topics}-wind. */
  private static Path sharing(String topics, String shared) throws IOException {
    Path yaml = HERE.deployment(topics);
    String text =
        Files.readString(yaml)
            .replace(
                "target: load, ",
                "target: load, shared: {topic: " + topics + "-wind, " + shared + "}, ")
            .replace("files: [rows.csv]", "files: [rows.csv]\n  shared-files: [winds.csv]")
            .replace("key: {constant: pump}", "key: pump")
            .replace("{start: 2026-01-01T00:00:00Z, step: 1 min}", "time");
    HERE.observations(
        "pump,time,load\na,2026-01-01T00:00:00Z,1\nb,2026-01-01T00:01:00Z,1\n"
            + "a,2026-01-01T00:05:00Z,1\n");
    Files.writeString(HERE.folder().resolve("winds.csv"), WINDS);
    return Files.writeString(yaml, text);
  }

  private static void send(String topic, String value) throws Exception {
    Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", HERE.broker()));
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(client, text, text)) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  @Test
  void their_topic_is_made_filled_looked_at_and_joined() throws Exception {
    Path yaml = sharing("joined", "features: [wind]");

    assertThat(eddy("check", "-c", yaml, "--files").out())
        .contains("ok     replay.shared-files: 2 rows tell of wind, up to 2026-01-01T00:02:00Z");
    assertThat(eddy("topics", "create", "-c", yaml, "--json").json().get("created").toString())
        .contains("\"joined-wind\"");
    assertThat(eddy("check", "-c", yaml, "--topic", "10").out())
        .contains("note   input.shared.topic: joined-wind: no records yet");
    assertThat(eddy("replay", "-c", yaml, "--json").json().get("shared").asInt()).isEqualTo(2);
    assertThat(eddy("check", "-c", yaml, "--topic", "10").out())
        .contains("ok     input.shared.topic: joined-wind: 2 records tell of wind, up to ")
        .contains("ok     fields of 3 records, all known and all there");

    HERE.announce("joined", HERE.models().publish(1));
    Ended run = eddy("run", "-c", yaml, "--bounded");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(HERE.predictions("joined")).isEqualTo(3);
  }

  @Test
  void their_records_may_be_avro_where_those_of_observations_are_not() throws Exception {
    Path yaml = sharing("avro", "features: [wind], encoding: avro, schema: wind.avsc");
    Files.writeString(
        HERE.folder().resolve("wind.avsc"),
        "{\"type\": \"record\", \"name\": \"Wind\", \"fields\": [{\"name\": \"time\", \"type\":"
            + " {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}, {\"name\": \"wind\","
            + " \"type\": [\"null\", \"double\"]}]}");
    eddy("topics", "create", "-c", yaml);
    assertThat(eddy("replay", "-c", yaml, "--json").json().get("shared").asInt()).isEqualTo(2);
    assertThat(eddy("check", "-c", yaml, "--topic", "10").out())
        .contains("ok     input.shared.topic: avro-wind: 2 records tell of wind, up to ");
    send("avro-wind", "{\"time\": 1767225600000, \"wind\": 3}");
    assertThat(eddy("check", "-c", yaml, "--topic", "10").out())
        .contains("1 of the newest 3 records would be dead letters")
        .contains("looks like JSON");

    HERE.announce("avro", HERE.models().publish(1));
    Ended run = eddy("run", "-c", yaml, "--bounded");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(HERE.predictions("avro")).isEqualTo(3);
  }

  /** Of a sensor that has no newer observation, on a topic whose time stands still. */
  @Test
  void a_bounded_run_leaves_nothing_waiting() throws Exception {
    Path yaml = sharing("waiting", "features: [wind], wait: 2 s");
    String text =
        Files.readString(yaml).replace("target: load, ", "target: load, order-within: 3 s, ");
    Files.writeString(yaml, text);
    eddy("topics", "create", "-c", yaml);
    HERE.announce("waiting", HERE.models().publish(1));
    eddy("replay", "-c", yaml);
    send("waiting-observations", "{\"key\":\"a\",\"time\":\"2026-01-01T00:05:01Z\",\"load\":1}");
    send("waiting-observations", "{\"key\":\"a\",\"time\":\"2026-01-01T00:05:02Z\",\"load\":1}");
    send("waiting-observations", "{\"key\":\"b\",\"time\":\"2026-01-01T00:05:02Z\",\"load\":1}");

    Ended run = eddy("run", "-c", yaml, "--bounded");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(HERE.predictions("waiting")).isEqualTo(6);
    Ended again = eddy("run", "-c", yaml, "--bounded");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(HERE.predictions("waiting")).isEqualTo(6);
  }

  @Test
  void a_feature_that_is_never_there_is_said_and_what_it_may_be() throws Exception {
    Path yaml = sharing("misspelt", "features: [wind]");
    eddy("topics", "create", "-c", yaml);
    send("misspelt-wind", "{\"time\": 1767225600000, \"data\": {\"Wind\": 3}}");
    send("misspelt-wind", "{\"time\": 1767225600000, \"data\": {\"Wind\": 3}, \"wind\": null}");

    Ended ended = eddy("check", "-c", yaml, "--topic", "10");

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .contains(
            "note   input.shared.topic: misspelt-wind: 1 of the newest 2 records would be dead"
                + " letters, the first at partition 0 offset 0: no-features, ")
        .contains(
            "wrong  input.shared.topic: misspelt-wind: wind: in none of 2 records (is it"
                + " data.Wind? input.shared.fields: {wind: data.Wind})");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features: [load]|input.shared.features: load (must be one of the features",
        "features: [gust]|input.shared.features: gust (must be one of the features",
        "features: []|input.shared.features: none (must be one or more)",
        "features: [wind], wait: 2 d|input.shared.wait: 2 d (must be 0 ms to 1 d)",
        "features: [wind], fields: {gust: g}|input.fields: gust (must be one of",
        "features: [wind], encoding: avro|input.shared.schema: none (must be a file,",
        "features: [wind], schema: w.avsc|input.shared.schema: w.avsc (must be left out unless",
        "features: [wind], encoding: avro, schema: w.avsc|input.shared.schema: ",
        "features: [wind], encoding: avro-confluent|registry: missing (must be given, because",
      })
  void what_cannot_be_shared_is_refused(String shared, String message) throws IOException {
    Ended ended = eddy("check", "-c", sharing("refused", shared));

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out() + ended.err()).contains(message);
  }
}
