package dev.eddy.connectors.kafka.client;

import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.avro.ObservationWriter;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends observations to the observations topic, keyed by the series key, so that a key stays in one
 * partition and in order. Brokers that go away are waited for: what was handed over is sent once.
 * Thread confined.
 */
public final class ObservationPublisher implements AutoCloseable {
  private static final Map<String, String> PRODUCER =
      Map.of(
          "acks", "all",
          "enable.idempotence", "true",
          "linger.ms", "5",
          "batch.size", "131072",
          "delivery.timeout.ms", Long.toString(Patience.LONGEST.toMillis()),
          "max.block.ms", Long.toString(Patience.LONGEST.toMillis()));

  private static final Duration FOR_THE_LAST = Duration.ofSeconds(30);

  private final String topic;
  private final KeyCoding coding;
  private final ObservationWriter writer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final BrokerWatch watch;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Connects to a topic.
   *
   * @param listener is told in a line when the brokers have gone away, and when they are back
   * @throws UserMistake within seconds if no broker answers or the topic is missing
   */
  public ObservationPublisher(
      Map<String, String> client,
      String topic,
      ObservationSchema schema,
      Consumer<String> listener) {
    this.topic = topic;
    try (Topics topics = Topics.connect(client)) {
      topics.require("topics.observations", topic);
    }
    boolean read = schema.layout().keySource() != KeySource.VALUE;
    coding = read ? schema.layout().keyCoding() : KeyCoding.UTF8;
    writer = ObservationWriter.of(schema);
    Properties properties = new Properties();
    properties.putAll(PRODUCER);
    properties.putAll(client);
    var bytes = new ByteArraySerializer();
    producer = Reachable.client(() -> new KafkaProducer<>(properties, bytes, bytes));
    watch = BrokerWatch.start(client, topic, listener);
  }

  /**
   * Hands one event to the producer.
   *
   * @throws UserMistake if this or an earlier one was refused
   * @throws IllegalStateException if the brokers have been away for too long
   */
  public void send(KeyedEvent event) {
    byte[] key = KafkaKeys.encode(coding, event.key());
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, writer.write(event)),
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
    if (first != null && Patience.isAway(first)) {
      throw new IllegalStateException(
          "topic: " + topic + ": given up: " + first.getMessage(), first);
    }
    if (first != null) {
      throw new UserMistake("topic: " + topic + ": " + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    watch.close();
    producer.close(failure.get() == null ? FOR_THE_LAST : Duration.ZERO);
  }
}
