package dev.eddy.connectors.kafka.transaction;

import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * What became of a prepared transaction whose commit the broker refuses. Each end of a transaction
 * and each use of its id counts the epoch up (transaction version 2): one above, and aborted, is
 * the transaction itself; two and more above, its id has been used again, which happens to ids
 * whose transaction was committed, and to those that a run without this state has fenced: whether
 * it was committed then is for {@link LostTransactions} to say.
 */
enum TransactionFate {
  /** Aborted: its records are lost. */
  ABORTED,
  /** Committed before; its id was used again, and has a transaction open that nobody will end. */
  COMMITTED_AND_OPEN,
  /** Committed before. */
  COMMITTED,
  /** The broker does not remember the id, which takes a week by default. */
  FORGOTTEN,
  /** Cannot be told: the broker's transactions are of before version 2. */
  UNTOLD;

  static final Set<TransactionState> ABORTS =
      EnumSet.of(TransactionState.PREPARE_ABORT, TransactionState.COMPLETE_ABORT);

  static TransactionFate of(TransactionDescription now, long producer, short epoch) {
    if (now.producerId() == producer && now.producerEpoch() <= epoch) {
      return UNTOLD;
    }
    boolean next = now.producerId() == producer && now.producerEpoch() == epoch + 1;
    if (next && ABORTS.contains(now.state())) {
      return ABORTED;
    }
    return now.state() == TransactionState.ONGOING ? COMMITTED_AND_OPEN : COMMITTED;
  }
}
