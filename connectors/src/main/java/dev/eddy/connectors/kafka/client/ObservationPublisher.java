package dev.eddy.connectors.kafka.client;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import dev.eddy.connectors.serde.json.Utf8;
import dev.eddy.settings.UserMistake;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends observations to the observations topic, keyed by the series key, so that a key stays in one
 * partition and in order. Thread confined.
 */
public final class ObservationPublisher implements AutoCloseable {
  private static final Map<String, String> PRODUCER =
      Map.of(
          "acks", "all",
          "enable.idempotence", "true",
          "linger.ms", "5",
          "batch.size", "131072",
          "max.block.ms", "15000");

  private final String topic;
  private final ObservationJsonWriter json;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Connects to a topic.
   *
   * @throws UserMistake within seconds if no broker answers or the topic is missing
   */
  public ObservationPublisher(Map<String, String> client, String topic, ObservationSchema schema) {
    this.topic = topic;
    try (Topics topics = Topics.connect(client)) {
      topics.require("topics.observations", topic);
    }
    json = new ObservationJsonWriter(schema);
    Properties properties = new Properties();
    properties.putAll(PRODUCER);
    properties.putAll(client);
    var bytes = new ByteArraySerializer();
    producer = Reachable.client(() -> new KafkaProducer<>(properties, bytes, bytes));
  }

  /**
   * Hands one event to the producer.
   *
   * @throws UserMistake if this or an earlier one was refused
   */
  public void send(KeyedEvent event) {
    if (!Utf8.canCarry(event.key())) { // it would arrive as another key
      throw new UserMistake("key: '" + event.key() + "' (must be text that UTF-8 can carry)");
    }
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, json.write(event)),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
    requireNoFailure();
  }

  /** Waits until the brokers have all that was sent. */
  public void flush() {
    producer.flush();
    requireNoFailure();
  }

  private void requireNoFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw new UserMistake("topic: " + topic + ": " + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
