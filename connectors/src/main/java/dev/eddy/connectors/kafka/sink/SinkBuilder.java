package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.kafka.client.BuilderCheck;
import dev.eddy.connectors.kafka.transaction.Claim;
import dev.eddy.connectors.kafka.transaction.GuardedSink;
import dev.eddy.connectors.kafka.transaction.Transactions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Builds a sink into one topic. Exactly-once sinks write in transactions whose ids begin with a
 * prefix: it must be one per deployment and sink, and stay the same from run to run, so that a new
 * run closes what a killed one left open.
 */
public final class SinkBuilder<T> {
  private static final Map<String, String> PRODUCER =
      Map.of(
          "acks", "all",
          "enable.idempotence", "true",
          "linger.ms", "5",
          "batch.size", "131072");

  private final String name;
  private final BiFunction<Map<String, String>, String, TopicSerializer<T>> serializer;
  private Map<String, String> client = Map.of();
  private @Nullable String topic;
  private Delivery delivery = Delivery.EXACTLY_ONCE;
  private @Nullable String transactionalIdPrefix;
  private Duration transactionTimeout = Duration.ofMinutes(15); // the most by brokers' defaults

  SinkBuilder(String name, BiFunction<Map<String, String>, String, TopicSerializer<T>> serializer) {
    this.name = name;
    this.serializer = serializer;
  }

  /**
   * Properties of the Kafka client, passed as they are, before the sink's own defaults; {@code
   * bootstrap.servers} is required.
   */
  public SinkBuilder<T> client(Map<String, String> properties) {
    client = Map.copyOf(properties);
    return this;
  }

  /** The topic to write to; required. */
  public SinkBuilder<T> topic(String topicName) {
    topic = topicName;
    return this;
  }

  /** Exactly once by default. */
  public SinkBuilder<T> delivery(Delivery guarantee) {
    delivery = guarantee;
    return this;
  }

  /** Begins the transactions' ids; required for exactly-once. */
  public SinkBuilder<T> transactionalIdPrefix(String prefix) {
    transactionalIdPrefix = prefix;
    return this;
  }

  /**
   * How long a transaction may stay open, unless the client's properties say; 15 minutes by
   * default.
   */
  public SinkBuilder<T> transactionTimeout(Duration duration) {
    transactionTimeout = duration;
    return this;
  }

  /** The sink, for {@code DataStream.sinkTo}. */
  public GuardedSink<T> build() {
    Properties given = BuilderCheck.client(name, client);
    Properties properties = new Properties();
    properties.putAll(PRODUCER);
    properties.putAll(given);
    KafkaSinkBuilder<T> builder =
        KafkaSink.<T>builder()
            .setBootstrapServers(given.getProperty("bootstrap.servers"))
            .setRecordSerializer(serializer.apply(client, BuilderCheck.given(name, "topic", topic)))
            .setDeliveryGuarantee(delivery.guarantee());
    if (delivery == Delivery.EXACTLY_ONCE) {
      properties.putIfAbsent(
          "transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
      builder
          .setTransactionalIdPrefix(
              BuilderCheck.given(name, "transactional id prefix", transactionalIdPrefix))
          // Lists what is open under the prefix instead of guessing ids from checkpoint numbers,
          // so that a run from scratch, too, closes what a killed run left open.
          .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
    }
    KafkaSink<T> sink = builder.setKafkaProducerConfig(properties).build();
    return new GuardedSink<>(name, sink, delivery == Delivery.EXACTLY_ONCE ? transactions() : null);
  }

  private Transactions transactions() {
    String prefix = BuilderCheck.given(name, "transactional id prefix", transactionalIdPrefix);
    String into = BuilderCheck.given(name, "topic", topic);
    return new Transactions(client, prefix, into, Claim.next(client, prefix, into));
  }
}
