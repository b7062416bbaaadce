package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.json.AnnouncementJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnnouncementReaderTest {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void a_topic_without_announcements_has_none() {
    createModels("empty");
    assertThat(AnnouncementReader.readToEnd(kafka.client(), "empty")).isEmpty();
  }

  @Test
  void published_announcements_come_in_broker_order() {
    createModels("models");
    assertThat(AnnouncementPublisher.publish(kafka.client(), "models", announcement("b"))).isZero();
    AnnouncementPublisher.publish(kafka.client(), "models", announcement("a"));
    assertThat(AnnouncementReader.readToEnd(kafka.client(), "models"))
        .containsExactly(announcement("b"), announcement("a"));
  }

  @Test
  void aborted_and_open_transactions_are_not_read_and_hold_nothing_up() {
    createModels("transactions");
    try (var producer = transactionalProducer("one");
        var other = transactionalProducer("other")) {
      send(producer, "kept", true);
      send(producer, "aborted", false);
      assertThat(AnnouncementReader.readToEnd(kafka.client(), "transactions"))
          .containsExactly(announcement("kept"));
      other.beginTransaction();
      other.send(new ProducerRecord<>("transactions", value("open")));
      other.flush();
      assertThat(AnnouncementReader.readToEnd(kafka.client(), "transactions"))
          .containsExactly(announcement("kept"));
      other.commitTransaction();
    }
    assertThat(AnnouncementReader.readToEnd(kafka.client(), "transactions"))
        .containsExactly(announcement("kept"), announcement("open"));
  }

  @Test
  void a_record_that_is_no_announcement_is_skipped() {
    createModels("poisoned");
    try (var producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>("poisoned", "{}".getBytes(StandardCharsets.UTF_8)));
      producer.send(new ProducerRecord<>("poisoned", null));
      producer.send(new ProducerRecord<>("poisoned", ofModel("w")));
      producer.send(new ProducerRecord<>("poisoned", ofModel("w@0")));
      producer.send(new ProducerRecord<>("poisoned", value("good")));
    }
    assertThat(AnnouncementReader.readToEnd(kafka.client(), "poisoned"))
        .isEqualTo(List.of(announcement("good")));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String id, boolean commit) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("transactions", value(id)));
    producer.flush();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> transactionalProducer(String id) {
    var producer = producer(Map.of("transactional.id", id));
    producer.initTransactions();
    return producer;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new java.util.HashMap<>(kafka.client());
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void createModels(String topic) {
    try (Topics topics = Topics.connect(kafka.client())) {
      topics.createModels(topic);
    }
  }

  private static byte[] ofModel(String model) {
    return AnnouncementJson.write(
        new Announcement("bad", model, Long.MIN_VALUE, "carry", "ab", "store"));
  }

  private static byte[] value(String id) {
    return AnnouncementJson.write(announcement(id));
  }

  private static Announcement announcement(String id) {
    return new Announcement(id, "w@1", Long.MIN_VALUE, "carry", "ab", "store");
  }
}
