package dev.eddy.connectors.kafka.transaction;

import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.connector.kafka.sink.internal.KafkaCommitter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A broker, and transactions on it that some run has prepared and nobody has committed yet. */
abstract class PreparedTransactions {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final byte[] VALUE = {1};

  static EmbeddedKafka kafka;
  private static Topics topics;

  String topic = "";
  String prefix = "";

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

  @BeforeEach
  void name(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    prefix = "eddy/" + topic;
    topics.create(topic, 2);
  }

  /** What holds readers up. */
  Set<String> open() throws Exception {
    try (Admin admin = Admin.create(client())) {
      var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
      return admin.listTransactions(ongoing).all().get().stream()
          .map(TransactionListing::transactionalId)
          .filter(id -> id.startsWith(prefix))
          .collect(Collectors.toSet());
    }
  }

  /** A flushed transaction of two partitions, whose producer is gone. */
  KafkaCommittable prepared(int subtask) {
    return prepared(subtask, "900000");
  }

  KafkaCommittable prepared(int subtask, String timeout) {
    Properties settings = producerSettings();
    settings.put("transaction.timeout.ms", timeout);
    String id = prefix + "-" + subtask + "-0";
    try (var producer = new FlinkKafkaInternalProducer<byte[], byte[]>(settings, id)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, subtask % 2, VALUE, VALUE));
      producer.flush();
      return new KafkaCommittable(producer.getProducerId(), producer.getEpoch(), id, null);
    }
  }

  FlinkKafkaInternalProducer<byte[], byte[]> producer(int subtask) {
    return new FlinkKafkaInternalProducer<>(producerSettings(), prefix + "-" + subtask + "-0");
  }

  void begin(Claim claim) {
    begin(claim, false);
  }

  /** As a sink does that opens without state. */
  void begin(Claim claim, boolean again) {
    Transactions transactions = transactions(claim);
    try (Guard guard = transactions.guard();
        PrefixTransactions known = new PrefixTransactions(client())) {
      guard.hold();
      List<String> left = known.left(Set.of(prefix), subtask -> true, Set.of());
      GuardedSink.takeOver(left, known, transactions, guard, again);
    }
  }

  void commit(KafkaCommittable committable) {
    commit(committable, new Claim(1, "this", true));
  }

  void commit(KafkaCommittable committable, Claim claim) {
    Properties settings = producerSettings();
    Transactions transactions = transactions(claim);
    var connector =
        new KafkaCommitter(settings, prefix, 0, 0, true, FlinkKafkaInternalProducer::new);
    try (var committer = new GuardedCommitter("sink", connector, transactions, 7)) {
      committer.commit(List.of(new Request(committable)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Transactions transactions(Claim claim) {
    return new Transactions(kafka.client(), prefix, topic, claim);
  }

  private static Properties producerSettings() {
    Properties settings = client();
    settings.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    return settings;
  }

  static Properties client() {
    Properties properties = new Properties();
    properties.putAll(kafka.client());
    return properties;
  }

  int committed() {
    try (TopicReader reader = TopicReader.open(kafka.client(), topic)) {
      return reader.readToEnd(PATIENCE).size();
    }
  }

  /** As Flink's, which passes over a failure with a known reason. */
  private record Request(KafkaCommittable getCommittable)
      implements Committer.CommitRequest<KafkaCommittable> {
    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {}

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void retryLater() {
      throw new IllegalStateException("retried");
    }

    @Override
    public void updateAndRetryLater(KafkaCommittable committable) {
      throw new IllegalStateException("retried");
    }

    @Override
    public void signalAlreadyCommitted() {}
  }
}
