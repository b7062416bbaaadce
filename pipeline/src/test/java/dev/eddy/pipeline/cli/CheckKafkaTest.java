package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code eddy check} finds what brokers, topics and records would stop a run with. */
class CheckKafkaTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  private static Path ready(String topics) throws IOException {
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    return yaml;
  }

  private static void topic(String name, int partitions, Map<String, String> settings)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", HERE.broker()))) {
      NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
      admin.createTopics(List.of(topic.configs(settings))).all().get();
    }
  }

  private static void send(String topic, int partition, @Nullable String key, String value)
      throws Exception {
    Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", HERE.broker()));
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(client, text, text)) {
      producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }
  }

  private static String observation(String key) {
    return "{\"key\": \""
        + key
        + "\", \"time\": \"2026-01-01T00:00:00Z\", \"load\": 1, \"wind\": 2}";
  }

  @Test
  void a_healthy_deployment_is_told_what_was_looked_at() throws IOException {
    Path yaml = ready("healthy");

    Ended ended = eddy("check", "-c", yaml, "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("ok     store " + HERE.folder().resolve("models") + ", can be written to")
        .contains("ok     checkpoints ")
        .contains("1 broker, metadata.version ")
        .contains("ok     transactions, transaction.version 2")
        .contains("ok     transactional ids that begin with eddy/test/")
        .contains("ok     topic healthy-predictions, 1 partition")
        .contains("ok     predictions of at most ")
        .contains("ok     observations: 1 keys among the newest 1 records, each in one partition");
    assertThat(HERE.folder().resolve("models")).doesNotExist();
    assertThat(ended.json().get("wrong")).isEmpty();
  }

  @Test
  void a_key_in_two_partitions_is_an_error_that_names_them() throws Exception {
    topic("apart-observations", 2, Map.of());
    Path yaml = ready("apart");
    send("apart-observations", 0, "pump 7", observation("pump 7"));
    send("apart-observations", 1, "pump 7", observation("pump 7"));

    Ended ended = eddy("check", "-c", yaml);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .containsPattern(
            "wrong  topics.observations: apart-observations: key pump 7 in partition \\d at offset"
                + " \\d+ and in partition \\d at offset \\d+ \\(must be in one: ");
  }

  @Test
  void records_that_do_not_decode_are_counted_with_the_first_reason() throws Exception {
    Path yaml = ready("letters");
    send("letters-observations", 0, "pump", "{\"time\": ");

    assertThat(eddy("check", "-c", yaml).out())
        .contains(
            "note   topics.observations: letters-observations: 1 of the newest 2 records would be"
                + " dead letters, the first at partition 0 offset 1: malformed, ");
  }

  @Test
  void records_without_a_kafka_key_are_noted_where_there_are_partitions() throws Exception {
    topic("unkeyed-observations", 2, Map.of());
    Path yaml = ready("unkeyed");
    send("unkeyed-observations", 0, null, observation("a"));
    send("unkeyed-observations", 1, null, observation("b"));

    assertThat(eddy("check", "-c", yaml).out())
        .contains(
            "note   topics.observations: unkeyed-observations: 2 of the newest 3 records have");
  }

  @Test
  void created_topics_are_such_as_check_wants_them() throws Exception {
    topic("made-observations", 3, Map.of("max.message.bytes", "3000000"));
    Path yaml = HERE.deployment("made");
    HERE.observations("load,wind\n1,2\n");

    Ended made = eddy("topics", "create", "-c", yaml, "--json", "--set", "topics.partitions=2");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.json().get("created").toString())
        .isEqualTo("[\"made-predictions\",\"made-dead-letters\",\"made-models\"]");
    assertThat(made.err()).contains("topic made-observations is there already, left as it is");
    Ended check = eddy("check", "-c", yaml);
    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("ok     topic made-predictions, 2 partitions")
        .contains("ok     topic made-models, 1 partition")
        .doesNotContain("topics.dead-letters: made-dead-letters: max.message.bytes");
  }

  @Test
  void a_version_whose_classes_the_topic_of_predictions_cannot_take_is_refused() throws Exception {
    topic("classes-predictions", 1, Map.of("max.message.bytes", "60000"));
    topic("classes-dead-letters", 1, Map.of("max.message.bytes", "900"));
    Path yaml = HERE.deployment("classes");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace("target: load, interval: 1 min", "label: state")
            .replace("model: {horizons: [1, 3]}\n", ""));
    HERE.observations("load,wind,state\n1,2,calm\n");
    eddy("topics", "create", "-c", yaml);
    assertThat(eddy("check", "-c", yaml).out()).doesNotContain("topics.predictions: ");
    List<String> labels = IntStream.range(0, 2000).mapToObj(i -> "a state of order " + i).toList();
    HERE.announce("classes", HERE.models().publish(TestModels.classes(labels), 1));

    for (Ended ended : List.of(eddy("check", "-c", yaml), eddy("run", "-c", yaml, "--bounded"))) {
      assertThat(ended.code()).isEqualTo(MISTAKE);
      assertThat(ended.out() + ended.err())
          .containsPattern(
              "topics.predictions: classes-predictions: max.message.bytes: 60000 \\(must be"
                  + " [0-9]+ or more for the largest prediction of test@1 with a key of 256"
                  + " characters, each with 2000 classes\\)")
          .contains(
              "topics.dead-letters: classes-dead-letters: max.message.bytes: 900 (must be 1024 or"
                  + " more for a dead letter, whatever is cut of it)");
    }
  }

  @Test
  void a_model_that_forecasts_something_else_is_refused_by_check_and_run_alike() throws Exception {
    Path yaml = ready("otherwise");
    HERE.announce("otherwise", HERE.models().publish(1));
    String line = "forecasts load (must forecast wind, as input.target says)";

    assertThat(eddy("check", "-c", yaml, "--set", "input.target=wind").out()).contains(line);
    eddy("run", "-c", yaml, "--bounded", "--set", "input.target=wind").assertMistake(line);
  }

  @Test
  void a_deployment_is_written_from_the_records_of_a_topic_and_reads_them() throws Exception {
    topic("envelopes", 1, Map.of());
    for (int i = 0; i < 60; i++) {
      String reading =
          "{\"id\": %d, \"data\": {\"sensor\": \"s%d\", \"ts\": %d, \"value\": %s}}"
              .formatted(i, i % 2, 1_767_225_600L + 3600 * (i / 2), 20 + i % 7 + 0.5);
      send("envelopes", 0, "x" + i, reading);
    }
    Path yaml = HERE.folder().resolve("envelopes.yaml");

    Ended init =
        eddy("init", "--from-topic", "envelopes", "--bootstrap-server", HERE.broker(), "-o", yaml);

    assertThat(init.code()).as(init.out() + init.err()).isZero();
    assertThat(init.out()).contains("0 of 60 records would be dead letters");
    assertThat(Files.readString(yaml))
        .contains("  observations: envelopes\n")
        .contains("key: data.sensor")
        .contains("time: data.ts")
        .contains("value: data.value")
        .contains("  key: value\n")
        .contains("  time: {unit: s}\n")
        .contains("  interval: 1 h\n")
        .doesNotContain("replay:");
    assertThat(eddy("check", "-c", yaml, "--topic", 100).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"same", "other", "none"})
  void kafka_keys_are_the_key_or_nothing(String kafkaKey) throws Exception {
    String topic = "keyed-by-" + kafkaKey;
    topic(topic, 1, Map.of());
    for (int i = 0; i < 60; i++) {
      String reading =
          "{\"sensor\": \"s%d\", \"time\": \"2026-01-0%dT%02d:00:00Z\", \"value\": %s}"
              .formatted(i % 2, 1 + i / 48, i / 2 % 24, 20 + i % 7 + 0.5);
      String same = "s" + i % 2;
      String other = kafkaKey.equals("none") ? null : "p" + i % 7;
      send(topic, 0, kafkaKey.equals("same") ? same : other, reading);
    }
    Path yaml = HERE.folder().resolve("keyed.yaml");

    Ended init =
        eddy("init", "--from-topic", topic, "--bootstrap-server", HERE.broker(), "-o", yaml);

    assertThat(init.code()).as(init.out() + init.err()).isZero();
    assertThat(init.out()).contains("0 of 60 records would be dead letters", "key: sensor");
    String written = Files.readString(yaml);
    assertThat(written).doesNotContain("kafka_key").contains("fields: {key: sensor}");
    assertThat(written.contains("  key: value\n")).isEqualTo(kafkaKey.equals("other"));
    Ended check = eddy("check", "-c", yaml, "--topic", 100);
    assertThat(check.code()).as(check.out()).isZero();
  }

  @Test
  void a_key_that_only_kafka_knows_is_taken_from_there() throws Exception {
    topic("outside", 1, Map.of());
    for (int i = 0; i < 60; i++) {
      String reading =
          "{\"time\": \"2026-01-0%dT%02d:00:00Z\", \"value\": %s}"
              .formatted(1 + i / 48, i / 2 % 24, 20 + i % 7 + 0.5);
      send("outside", 0, "s" + i % 2, reading);
    }
    Path yaml = HERE.folder().resolve("outside.yaml");

    Ended init =
        eddy("init", "--from-topic", "outside", "--bootstrap-server", HERE.broker(), "-o", yaml);

    assertThat(init.code()).as(init.out() + init.err()).isZero();
    assertThat(Files.readString(yaml)).contains("  key: kafka\n").doesNotContain("kafka_key");
    assertThat(eddy("check", "-c", yaml, "--topic", 100).code()).isZero();
  }

  @Test
  void a_misspelt_field_is_found_in_a_sample_of_the_topic() throws Exception {
    topic("misspelt-observations", 1, Map.of());
    Path yaml = HERE.deployment("misspelt");
    HERE.observations("load,wind\n1,2\n");
    for (int i = 0; i < 3; i++) {
      String at = "{\"key\": \"a\", \"time\": \"2026-01-01T0" + i + ":00:00Z\", ";
      send("misspelt-observations", 0, "a", at + "\"Load\": 1, \"gust\": 7}");
    }

    Ended ended = eddy("check", "-c", yaml, "--topic", 100);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .contains(
            "wrong  topics.observations: misspelt-observations: load: in none of 3 records (is it"
                + " Load? input.fields: {load: Load})")
        .contains("note   topics.observations: misspelt-observations: wind: in none of 3 records\n")
        .contains("misspelt-observations: there and unknown: Load, gust\n")
        .contains("3 of the newest 3 records would be dead letters")
        .contains("no-features, value: none of load, wind among key, time, Load, gust");
    Ended mapped = eddy("check", "-c", yaml, "--topic", 100, "--set", "input.fields={load: Load}");
    assertThat(mapped.code()).as(mapped.out()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run"})
  void topics_that_lose_records_or_cannot_take_them_are_refused(String command) throws Exception {
    String topics = "lossy-" + command;
    topic(topics + "-observations", 1, Map.of("cleanup.policy", "compact"));
    topic(topics + "-predictions", 1, Map.of("max.message.bytes", "900"));
    topic(topics + "-dead-letters", 1, Map.of("min.insync.replicas", "2"));
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");

    Ended ended = eddy(command, "-c", yaml);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out() + ended.err())
        .contains(topics + "-observations: cleanup.policy: compact (must be delete: ")
        .contains(topics + "-predictions: max.message.bytes: 900 (must be ")
        .contains(topics + "-dead-letters: 1 of 1 replicas in sync (must be 2, its min.insync");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka.transaction.timeout.ms=99999999 | kafka.transaction.timeout.ms: 99999999 (must be at"
            + " most 900000, the broker's transaction.max.timeout.ms)",
        "kafka.transaction.timeout.ms=200 | flink.execution.checkpointing.interval: ",
        "kafka.max.request.size=900 | kafka.max.request.size: 900 (must be ",
        "kafka.acks=perhaps | kafka.acks: perhaps (must be one of: all, -1, 0, 1)",
        "flink={taskmanager.memory.network.max: 1kb} | flink.taskmanager.memory.network.max: 1kb"
            + " (must be such that network memory",
        "flink={pipeline.generic-types: true} | flink.pipeline.generic-types: true (must be false",
        "flink={execution.checkpointing.mode: AT_LEAST_ONCE} | flink.execution.checkpointing.mode:"
            + " AT_LEAST_ONCE (must be EXACTLY_ONCE",
        "flink={parallelism.default: 129} | flink.parallelism.default: 129 (must be at most 128",
        "flink={execution.checkpointing.dir: \"file:///etc/passwd\"} |"
            + " flink.execution.checkpointing.dir: file:///etc/passwd (must be a folder to write"
            + " to",
        "flink={execution.checkpointing.dir: \"s9://bucket\"} | flink.execution.checkpointing.dir:"
            + " s9://bucket (must be a folder to write to: no file system of Flink's",
      })
  void what_would_stop_a_run_at_its_start_is_found_by_check_and_run_alike(
      String setting, String line) throws IOException {
    Path yaml = ready("alike");

    Ended checked = eddy("check", "-c", yaml, "--set", setting);
    assertThat(checked.out() + checked.err()).contains(line);
    eddy("run", "-c", yaml, "--set", setting).assertMistake(line);
  }

  @Test
  void evaluations_need_transactions_whatever_predictions_need() throws IOException {
    Path yaml = ready("evaluated");
    String line = "kafka.transaction.timeout.ms: 99999999 (must be at most 900000, the broker's";
    String repeating = "serving.delivery=at-least-once";
    String tooLong = "kafka.transaction.timeout.ms=99999999";
    String topic = "topics.evaluations=evaluated-evaluations";

    Ended without = eddy("check", "-c", yaml, "--set", repeating, "--set", tooLong);
    assertThat(without.out() + without.err()).doesNotContain(line);
    Ended with = eddy("check", "-c", yaml, "--set", repeating, "--set", tooLong, "--set", topic);
    assertThat(with.out() + with.err()).contains(line);
  }

  @Test
  void a_store_that_cannot_be_written_is_found_before_anything_is_trained() throws IOException {
    Path yaml = ready("full");
    Files.writeString(HERE.folder().resolve("models"), "a file");
    String line = "(must be a folder to write to: ";

    assertThat(eddy("check", "-c", yaml).out()).contains("wrong  store: ").contains(line);
    eddy("train", "-c", yaml).assertMistake(line);
    eddy("train", "-c", yaml, "--files").assertMistake(line);
    assertThat(eddy("check", "-c", yaml, "--set", "store=s9://bucket/models").out())
        .contains("wrong  store: s9://bucket/models (must be a folder to write to: no file system");
  }

  @Test
  void a_client_that_speaks_another_protocol_is_told_so() throws IOException {
    Path yaml = ready("protocol");
    String kafka =
        "kafka={bootstrap.servers: \""
            + HERE.broker()
            + "\", default.api.timeout.ms: 2000, request.timeout.ms: 1000, security.protocol: SSL}";

    assertThat(eddy("check", "-c", yaml, "--set", kafka).out())
        .containsPattern("wrong  kafka: 127.0.0.1:\\d+: .*security.protocol");
  }

  @Test
  void names_that_nobody_knows_are_notes() throws IOException {
    Path yaml = ready("unknown");

    Ended ended =
        eddy("check", "-c", yaml, "--set", "kafka.my.interceptor=on", "--set", "flink.my-own=1");

    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("note   kafka.my.interceptor: unknown setting (")
        .contains("note   flink.my-own: unknown setting (");
  }
}
