package dev.eddy.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.AnnouncementReader;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicsTest {
  private static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("temp"), List.of(), null);

  private static EmbeddedKafka kafka;
  private static Topics topics;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    topics = Topics.connect(kafka.client());
  }

  @AfterAll
  static void stop() {
    topics.close();
    kafka.close();
  }

  @Test
  void a_created_topic_keeps_its_records() {
    assertThat(topics.create("kept", 4)).isTrue();
    assertThat(topics.partitions("kept")).isEqualTo(4);
    assertThat(topics.settings("kept"))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
  }

  @Test
  void a_topic_that_exists_is_left_as_it_is() {
    assertThat(topics.create("twice", 2)).isTrue();
    assertThat(topics.create("twice", 5)).isFalse();
    assertThat(topics.partitions("twice")).isEqualTo(2);
  }

  @Test
  void the_models_topic_has_one_partition_and_loses_nothing() {
    topics.createModels("models");
    topics.requireModels("topics.models", "models");
    assertThat(topics.partitions("models")).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void a_models_topic_that_may_lose_announcements_is_refused() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      NewTopic wrong = new NewTopic("compacted", Optional.of(2), Optional.empty());
      admin
          .createTopics(
              List.of(wrong.configs(Map.of("cleanup.policy", "compact", "retention.ms", "1000"))))
          .all()
          .get();
    }
    while (!topics.list().contains("compacted")) { // the controller answers before brokers know
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> topics.requireModels("topics.models", "compacted"))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("topics.models: compacted: partitions: 2 (must be 1)")
        .hasMessageContaining("cleanup.policy: compact (must be delete)")
        .hasMessageContaining("retention.ms: 1000 (must be -1)");
  }

  @Test
  void a_missing_topic_is_named_with_its_setting() {
    assertThatThrownBy(() -> topics.require("topics.observations", "nowhere"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "topics.observations: nowhere (no such topic on " + kafka.bootstrapServers() + ")");
    refusesInOneLine(() -> topics.partitions("nowhere"), "cannot describe topic nowhere");
    refusesInOneLine(
        () -> AnnouncementReader.readToEnd(kafka.client(), "nowhere"),
        "topic: nowhere (no such topic on ");
    refusesInOneLine(
        () -> new ObservationPublisher(kafka.client(), "nowhere", SCHEMA, line -> {}),
        "no such topic");
    Announcement announcement = new Announcement("1", "w@1", 0, "carry", "ab", "store");
    refusesInOneLine(
        () -> AnnouncementPublisher.publish(kafka.client(), "nowhere", announcement),
        "topics.models: nowhere (no such topic");
    assertThat(topics.list()).doesNotContain("nowhere");
  }

  @Test
  void a_topic_name_that_kafka_refuses_is_one_line() {
    refusesInOneLine(() -> topics.create("no spaces", 1), "cannot create topic no spaces: ");
  }

  @Test
  void an_unreachable_broker_is_one_line_at_once() {
    Map<String, String> nobody = Map.of("bootstrap.servers", "127.0.0.1:1, nonsense");
    refusesInOneLine(
        () -> Topics.connect(nobody),
        "kafka.bootstrap.servers: 127.0.0.1:1, nonsense (no broker takes connections there: ");
    refusesInOneLine(() -> TopicReader.open(nobody, "t"), "nonsense is not host:port");
    refusesInOneLine(
        () -> new ObservationPublisher(nobody, "t", SCHEMA, line -> {}),
        "no broker takes connections");
    refusesInOneLine(() -> Topics.connect(Map.of()), "kafka.bootstrap.servers:  (no broker takes");
  }

  @Test
  void a_setting_that_the_client_refuses_is_one_line() {
    Map<String, String> wrong =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "security.protocol", "CLEAR");
    refusesInOneLine(() -> Topics.connect(wrong), "kafka: ");
    refusesInOneLine(() -> TopicReader.open(wrong, "t"), "security.protocol");
  }

  private static void refusesInOneLine(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part)
        .message()
        .doesNotContain("\n");
  }
}
