package dev.eddy.connectors.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/**
 * What a start takes from earlier runs, and what those find when they are gone back to: nothing is
 * left open or can be begun, and what was taken before it was committed is known to be lost.
 */
class TakenOverTest extends PreparedTransactions {

  @Test
  void one_that_a_run_without_its_state_has_fenced_ends_the_job() {
    KafkaCommittable prepared = prepared(0);
    begin(new Claim(2, "without state", true));
    assertThatThrownBy(() -> commit(prepared, new Claim(3, "back at the state", true)))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("was aborted before it was committed");
    assertThat(committed()).isZero();
  }

  @Test
  void one_that_was_fenced_after_its_broker_had_aborted_it_ends_the_job() throws Exception {
    KafkaCommittable prepared = prepared(0, "1000");
    await().atMost(PATIENCE).until(() -> open().isEmpty());
    begin(new Claim(2, "without state", true));
    assertThatThrownBy(() -> commit(prepared, new Claim(3, "back at the state", true)))
        .isInstanceOf(SuppressRestartsException.class);
  }

  @Test
  void one_that_was_committed_before_a_run_without_its_state_fenced_it_is_passed_over() {
    KafkaCommittable prepared = prepared(0);
    commit(prepared);
    begin(new Claim(2, "without state", true));
    assertThatCode(() -> commit(prepared, new Claim(3, "back at the state", true)))
        .doesNotThrowAnyException();
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void one_whose_id_was_fenced_with_a_later_transaction_is_passed_over_and_nothing_left_open()
      throws Exception {
    KafkaCommittable prepared = prepared(0);
    commit(prepared);
    prepared(0);
    begin(new Claim(2, "without state", true));
    prepared(0);
    assertThatCode(() -> commit(prepared, new Claim(3, "back at the state", true)))
        .doesNotThrowAnyException();
    assertThat(open()).isEmpty();
  }

  @Test
  void what_a_run_has_begun_and_fences_when_it_starts_again_is_not_lost() {
    Claim claim = new Claim(0, "the same", true);
    KafkaCommittable prepared = prepared(0);
    begin(claim, true);
    assertThatCode(() -> commit(prepared, claim)).doesNotThrowAnyException();
  }

  @Test
  void a_run_that_was_slow_to_list_fences_nothing_of_a_newer_one() throws Exception {
    Transactions slow = transactions(new Claim(1, "slow", true));
    try (Guard guard = slow.guard();
        PrefixTransactions known = new PrefixTransactions(client())) {
      guard.hold();
      prepared(0);
      List<String> left = known.left(Set.of(prefix), subtask -> true, Set.of());
      begin(new Claim(2, "newer", true));
      prepared(0); // of the newer one
      assertThatThrownBy(() -> GuardedSink.takeOver(left, known, slow, guard, false))
          .isInstanceOf(SuppressRestartsException.class);
    }
    assertThat(open()).containsExactly(prefix + "-0-0");
  }

  @Test
  void a_start_leaves_nothing_open_but_what_is_to_be_committed() throws Exception {
    KafkaCommittable kept = prepared(0);
    prepared(1);
    prepared(2);
    prepared(7); // of a run with more subtasks
    try (PrefixTransactions known = new PrefixTransactions(client())) {
      Set<String> keep = Set.of(kept.getTransactionalId());
      known.fence(known.left(Set.of(prefix), subtask -> subtask % 3 != 2, keep));
      assertThat(open()).containsExactlyInAnyOrder(prefix + "-0-0", prefix + "-2-0");
      known.fence(known.left(Set.of(prefix), subtask -> subtask % 3 == 2, keep));
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
      begin(new Claim(1, "this", true));
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
}
