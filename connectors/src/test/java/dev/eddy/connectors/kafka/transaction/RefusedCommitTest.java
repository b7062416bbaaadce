package dev.eddy.connectors.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.connector.kafka.sink.internal.KafkaCommitter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What a restored job makes of transactions that it cannot commit any more: those committed before
 * are passed over, those lost end the job, and neither leaves anything open that readers wait for.
 */
class RefusedCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] VALUE = {1};

  private static EmbeddedKafka kafka;
  private static Topics topics;

  private String topic = "";
  private String prefix = "";

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

  @Test
  void one_that_is_still_open_is_committed() {
    KafkaCommittable restored = prepared(0);
    assertThatCode(() -> commit(restored)).doesNotThrowAnyException();
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void one_that_was_committed_before_is_passed_over() {
    KafkaCommittable restored = prepared(0);
    commit(restored);
    assertThatCode(() -> commit(restored)).doesNotThrowAnyException();
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void one_whose_id_was_used_again_is_passed_over_and_the_newer_transaction_aborted()
      throws Exception {
    KafkaCommittable restored = prepared(0);
    commit(restored);
    prepared(0); // what the killed run wrote before its next checkpoint was complete
    assertThatCode(() -> commit(restored)).doesNotThrowAnyException();
    assertThat(committed()).isEqualTo(1);
    assertThat(open()).isEmpty();
  }

  @Test
  void one_whose_id_was_used_again_and_aborted_is_passed_over() {
    KafkaCommittable restored = prepared(0);
    commit(restored);
    try (var producer = producer(0)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, VALUE, VALUE));
      producer.flush();
      producer.abortTransaction();
    }
    assertThatCode(() -> commit(restored)).doesNotThrowAnyException();
  }

  @Test
  void one_whose_id_was_used_and_committed_again_is_passed_over() {
    KafkaCommittable restored = prepared(0);
    commit(restored);
    commit(prepared(0));
    assertThatCode(() -> commit(restored)).doesNotThrowAnyException();
  }

  @Test
  void one_that_the_broker_has_aborted_ends_the_job_and_says_where_to_go_back_to()
      throws Exception {
    KafkaCommittable lost = prepared(0, "1000");
    await().atMost(PATIENCE).until(() -> open().isEmpty());
    assertThatThrownBy(() -> commit(lost))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("was aborted by the broker before it was committed")
        .hasMessageContaining("checkpoint 7")
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_start_leaves_nothing_open_but_what_is_to_be_committed() throws Exception {
    KafkaCommittable kept = prepared(0);
    prepared(1);
    prepared(2);
    prepared(7); // of a run with more subtasks
    try (PrefixTransactions known = new PrefixTransactions(client())) {
      known.fence(Set.of(prefix), subtask -> subtask % 3 != 2, Set.of(kept.getTransactionalId()));
      assertThat(open()).containsExactlyInAnyOrder(prefix + "-0-0", prefix + "-2-0");
      known.fence(Set.of(prefix), subtask -> subtask % 3 == 2, Set.of(kept.getTransactionalId()));
    }
    assertThat(open()).containsExactly(prefix + "-0-0");
    commit(kept);
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void whoever_holds_an_id_without_a_transaction_cannot_begin_one_after_a_start() {
    try (var zombie = producer(0)) {
      zombie.initTransactions();
      zombie.beginTransaction();
      try (PrefixTransactions known = new PrefixTransactions(client())) {
        known.fence(Set.of(prefix), subtask -> true, new TreeSet<>());
      }
      assertThatThrownBy(
              () -> {
                zombie.send(new ProducerRecord<>(topic, 0, VALUE, VALUE));
                zombie.flush();
                zombie.commitTransaction();
              })
          .isInstanceOf(KafkaException.class);
    }
    assertThat(committed()).isZero();
  }

  /** What holds readers up. */
  private Set<String> open() throws Exception {
    try (Admin admin = Admin.create(client())) {
      var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
      return admin.listTransactions(ongoing).all().get().stream()
          .map(TransactionListing::transactionalId)
          .filter(id -> id.startsWith(prefix))
          .collect(Collectors.toSet());
    }
  }

  /** A flushed transaction of two partitions, whose producer is gone. */
  private KafkaCommittable prepared(int subtask) {
    return prepared(subtask, "900000");
  }

  private KafkaCommittable prepared(int subtask, String timeout) {
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

  private FlinkKafkaInternalProducer<byte[], byte[]> producer(int subtask) {
    return new FlinkKafkaInternalProducer<>(producerSettings(), prefix + "-" + subtask + "-0");
  }

  private void commit(KafkaCommittable committable) {
    Properties settings = producerSettings();
    Claim claim = new Claim(1, "this");
    Transactions transactions = new Transactions(kafka.client(), prefix, topic, claim);
    var connector =
        new KafkaCommitter(settings, prefix, 0, 0, true, FlinkKafkaInternalProducer::new);
    try (var committer = new GuardedCommitter("sink", connector, transactions, 7)) {
      committer.commit(List.of(new Request(committable)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Properties producerSettings() {
    Properties settings = client();
    settings.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    return settings;
  }

  private static Properties client() {
    Properties properties = new Properties();
    properties.putAll(kafka.client());
    return properties;
  }

  private int committed() {
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
