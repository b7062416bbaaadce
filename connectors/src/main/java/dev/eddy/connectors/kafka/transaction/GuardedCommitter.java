package dev.eddy.connectors.kafka.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's committer, which commits only for the run that owns the prefix, and looks into
 * every commit that the broker refuses: the connector passes over a transaction that was aborted,
 * and its records with it.
 */
final class GuardedCommitter implements Committer<KafkaCommittable> {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedCommitter.class);
  private static final Duration CLOSE = Duration.ofSeconds(15);

  private final String name;
  private final Committer<KafkaCommittable> committer;
  private final Transactions transactions;
  private final long restored;
  private boolean held;
  private boolean recovering = true; // until what was restored is committed

  GuardedCommitter(
      String name,
      Committer<KafkaCommittable> committer,
      Transactions transactions,
      long restored) {
    this.name = name;
    this.committer = committer;
    this.transactions = transactions;
    this.restored = restored;
  }

  @Override
  public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
      throws IOException, InterruptedException {
    if (!held) { // What is restored is committed before the writer opens.
      hold();
      held = true;
    }
    List<CommitRequest<KafkaCommittable>> watched =
        requests.stream()
            .map(request -> new WatchedRequest(request, this::refused))
            .collect(Collectors.toList());
    committer.commit(watched);
    recovering = false;
  }

  private void hold() {
    try (Guard guard = transactions.guard()) {
      guard.hold();
    }
  }

  /** Finds out why; the run may have been fenced by a newer one, which is told first. */
  private void refused(KafkaCommittable refused) {
    hold();
    String id = refused.getTransactionalId();
    try (PrefixTransactions known = new PrefixTransactions(transactions.admin())) {
      TransactionFate fate = fate(known, refused);
      LOG.info("{}: {} was not committed again: {}", name, refused, fate);
      if (fate == TransactionFate.ABORTED) {
        throw new SuppressRestartsException(new IllegalStateException(lost(id)));
      }
      if (fate == TransactionFate.FORGOTTEN || fate == TransactionFate.UNTOLD) {
        LOG.warn("{}: {} is taken for committed: the broker does not tell any more", name, id);
      }
    }
  }

  /** Leaves nothing open, and says what has become of a transaction. */
  private TransactionFate fate(PrefixTransactions known, KafkaCommittable refused) {
    String id = refused.getTransactionalId();
    long producer = refused.getProducerId();
    TransactionFate fate = known.fate(id, producer, refused.getEpoch());
    if (fate == TransactionFate.COMMITTED_AND_OPEN) {
      known.fence(List.of(id));
    }
    LostTransactions lost = new LostTransactions(known, transactions.prefix());
    return lost.hold(producer, refused.getEpoch()) ? TransactionFate.ABORTED : fate;
  }

  private String lost(String id) {
    return name
        + ": transaction "
        + id
        + " was aborted before it was committed (must be committed within"
        + " kafka.transaction.timeout.ms, and before another run starts): records up to "
        + (recovering && restored > 0 ? "checkpoint " + restored : "the newest checkpoint")
        + " are missing from "
        + transactions.topic()
        + "; start from a checkpoint or savepoint before it";
  }

  @Override
  public void close() {
    BoundedClose.within(CLOSE, name + " committer", committer);
  }
}
