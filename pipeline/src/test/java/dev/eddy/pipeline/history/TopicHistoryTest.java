package dev.eddy.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.RawInput;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.FutureSettings;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicHistoryTest {
  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;
  private static final Configuration FLINK =
      Configuration.fromMap(Map.of("parallelism.default", "2"));

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(FLINK);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.close();
    kafka.close();
  }

  @Test
  void sorts_by_key_and_time_and_ties_by_offset() throws Exception {
    Deployment deployment = deployment("sorted");
    send(
        deployment,
        "{\"key\": \"b\", \"time\": 3000, \"x\": 1}",
        "{\"key\": \"a\", \"time\": 2000, \"x\": 2}",
        "{\"key\": \"b\", \"time\": 1000, \"x\": 3, \"y\": \"late\"}",
        "{\"key\": \"b\", \"time\": 3000, \"x\": 4}",
        "{\"key\": \"b\", \"time\": -5, \"x\": null}");

    RecordedHistory recorded = extract(deployment);

    assertThat(recorded.observations()).isEqualTo(5);
    assertThat(recorded.oldest()).isEqualTo(-5);
    assertThat(recorded.newest()).isEqualTo(3000);
    try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
      assertThat(history.keys()).containsExactly("a", "b");
      KeyHistory series = history.read("b");
      assertThat(series.inputs())
          .extracting(RawInput::time)
          .containsExactly(-5L, 1000L, 3000L, 3000L);
      assertThat(series.inputs())
          .extracting(input -> input.numeric()[0])
          .containsExactly(Double.NaN, 3.0, 1.0, 4.0);
    }
  }

  @Test
  void keeps_what_came_of_the_future_behind_the_observation_before_it() throws Exception {
    Deployment deployment = toldAhead("foretold");
    send(
        deployment,
        "{\"key\": \"a\", \"time\": 500, \"future\": [{\"promo\": 9}]}",
        "{\"key\": \"a\", \"time\": 1000, \"x\": 1}",
        "{\"key\": \"a\", \"time\": 1500, \"future\": [{\"promo\": 2}]}",
        "{\"key\": \"a\", \"time\": 2000, \"x\": 2, \"future\": [{\"promo\": 3}]}",
        "{\"key\": \"b\", \"time\": 1, \"future\": [{\"promo\": 9}]}");

    RecordedHistory recorded = extract(deployment);

    assertThat(recorded.observations()).isEqualTo(2);
    try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
      assertThat(history.keys()).containsExactly("a");
      KeyHistory series = history.read("a");
      assertThat(series.futureUpdatesBefore(0)).isEmpty();
      assertThat(series.futureUpdatesBefore(1)).hasSize(1);
      assertThat(series.futureUpdatesBefore(1).get(0).future().values()).containsExactly(2);
      assertThat(series.inputs().get(1).future().values()).containsExactly(3);
    }
  }

  @Test
  void leaves_out_futureUpdates_that_are_older_than_what_their_key_had_observed() throws Exception {
    Deployment deployment = toldAhead("outlooks");
    send(
        deployment,
        "{\"key\": \"a\", \"time\": 1, \"future\": [{\"promo\": 6}]}",
        "{\"key\": \"b\", \"time\": 1000, \"x\": 1}",
        "{\"key\": \"b\", \"time\": 3000, \"x\": 2}",
        "{\"key\": \"b\", \"time\": 2000, \"future\": [{\"promo\": 7}]}",
        "{\"key\": \"b\", \"time\": 3000, \"future\": [{\"promo\": 8}]}",
        "{\"key\": \"b\", \"time\": 4000, \"x\": 3}");

    RecordedHistory recorded = extract(deployment);

    assertThat(recorded.observations()).isEqualTo(3);
    assertThat(recorded.deadLetters()).isEqualTo(2);
    try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
      KeyHistory series = history.read("b");
      assertThat(series.futureUpdatesBefore(1)).isEmpty();
      assertThat(series.futureUpdatesBefore(2)).hasSize(1);
    }
  }

  @Test
  void counts_records_that_are_no_observations_and_leaves_them_out() throws Exception {
    Deployment deployment = deployment("poisoned");
    send(deployment, "not JSON", "{\"key\": \"a\", \"time\": 1, \"x\": 1}", "{\"key\": \"a\"}");

    RecordedHistory recorded = extract(deployment);

    assertThat(recorded.observations()).isEqualTo(1);
    assertThat(recorded.deadLetters()).isEqualTo(2);
    assertThat(recorded.refused().lines())
        .hasSize(2)
        .anyMatch(line -> line.matches("malformed: 1, first poisoned-observations-\\d@0: .*not.*"))
        .anyMatch(line -> line.matches("missing-time: 1, first poisoned-observations-\\d@2: .*"));
  }

  @Test
  void refuses_a_topic_without_observations_in_one_line() throws Exception {
    Deployment deployment = deployment("empty");
    send(deployment, "not JSON");

    assertThatThrownBy(() -> extract(deployment))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(
            "topic empty-observations: no observations, 1 records that are none, such as"
                + " malformed, empty-observations-")
        .hasMessageEndingWith(" (must hold the history to learn from)");
  }

  private RecordedHistory extract(Deployment deployment) throws Exception {
    return TopicHistory.read(
        flink.environment(FLINK), deployment, folder.resolve("history"), HistoryOrder.EVENT_TIME);
  }

  private static void send(Deployment deployment, String... values) {
    try (Topics topics = Topics.connect(deployment.kafka())) {
      topics.create(deployment.topics().observations(), 3);
    }
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(new HashMap<>(deployment.kafka()), bytes, bytes)) {
      for (String value : values) {
        byte[] key = value.contains("\"b\"") ? new byte[] {'b'} : new byte[] {'a'};
        producer.send(
            new ProducerRecord<>(
                deployment.topics().observations(), key, value.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private Deployment deployment(String name) {
    return deployment(name, List.of("x"), Optional.empty());
  }

  private Deployment toldAhead(String name) {
    Optional<FutureSettings> future =
        Optional.of(new FutureSettings(List.of("promo"), OptionalInt.empty()));
    return deployment(name, List.of("x", "promo"), future);
  }

  private Deployment deployment(
      String name, List<String> features, Optional<FutureSettings> future) {
    Instant split = Instant.EPOCH;
    return TestDeployment.of(
        name,
        folder.resolve("store"),
        kafka.client(),
        TopicSettings.named(name),
        Map.of("features", features, "target", List.of("x"), "future", future),
        new Split.ByTime(split, split));
  }
}
