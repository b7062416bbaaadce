package dev.eddy.connectors.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * What a restored job makes of transactions that it cannot commit any more: those committed before
 * are passed over, those lost end the job, and neither leaves anything open that readers wait for.
 */
class RefusedCommitTest extends PreparedTransactions {

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
        .hasMessageContaining("was aborted before it was committed")
        .hasMessageContaining("checkpoint 7")
        .hasMessageNotContaining("\n");
  }

  @Test
  void one_that_the_broker_has_forgotten_is_passed_over() {
    KafkaCommittable old = new KafkaCommittable(123_456, (short) 3, prefix + "-0-0", null);
    assertThatCode(() -> commit(old)).doesNotThrowAnyException();
  }

  @Test
  void nobody_commits_for_a_run_that_a_newer_one_has_followed() {
    KafkaCommittable prepared = prepared(0);
    try (Guard newer = transactions(new Claim(2, "newer", true)).guard()) {
      newer.hold();
      newer.hold(); // as at every checkpoint
    }
    assertThatThrownBy(() -> commit(prepared))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("a newer run of this deployment writes to " + topic);
    assertThat(committed()).isZero();
  }

  @Test
  void a_run_whose_clock_alone_orders_it_behind_another_says_so() {
    KafkaCommittable prepared = prepared(0);
    try (Guard earlier = transactions(new Claim(2_000, "clock ahead", true)).guard()) {
      earlier.hold();
    }
    assertThatThrownBy(() -> commit(prepared, new Claim(1_000, "clock behind", false)))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessage(
            "consumer group "
                + prefix
                + "/owner: claimed as of 1970-01-01T00:00:02Z, and by this run as of"
                + " 1970-01-01T00:00:01Z, by the clock of the machine that built the job, where no"
                + " broker could be asked (must be later: a newer run writes to "
                + topic
                + ", or that clock is behind)");
  }

  @Test
  void a_claim_is_behind_the_one_that_stands_whatever_the_clock_says() {
    long far = Long.MAX_VALUE / 2;
    try (Guard standing = transactions(new Claim(far, "ahead of the clock", true)).guard()) {
      standing.hold();
    }
    assertThat(Claim.next(kafka.client(), prefix, topic).generation()).isEqualTo(far + 1);
  }
}
