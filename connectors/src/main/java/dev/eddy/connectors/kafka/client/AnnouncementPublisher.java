package dev.eddy.connectors.kafka.client;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.serde.json.AnnouncementJson;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Announces model versions on the models topic. */
public final class AnnouncementPublisher {
  private AnnouncementPublisher() {}

  /**
   * Publishes one announcement and waits until the brokers have it. One that is sent again, because
   * nobody knows whether it arrived, counts once: it has its id.
   *
   * @return its offset
   * @throws UserMistake if no broker answers, or they refuse it
   */
  public static long publish(Map<String, String> client, String topic, Announcement announcement) {
    try (Topics topics = Topics.connect(client)) {
      topics.require("topics.models", topic);
    }
    Properties properties = new Properties();
    properties.putAll(client);
    properties.putAll(Map.of("acks", "all", "enable.idempotence", "true"));
    properties.putIfAbsent("max.block.ms", "10000");
    var bytes = new ByteArraySerializer();
    byte[] key = announcement.model().getBytes(StandardCharsets.UTF_8);
    byte[] value = AnnouncementJson.write(announcement);
    try (var producer = Reachable.client(() -> new KafkaProducer<>(properties, bytes, bytes))) {
      return producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserMistake("topic: " + topic + ": " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("topic: " + topic + ": interrupted", e);
    }
  }
}
