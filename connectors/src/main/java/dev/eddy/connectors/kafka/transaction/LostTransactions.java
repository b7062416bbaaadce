package dev.eddy.connectors.kafka.transaction;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which transactions a start took from an earlier run before they were committed. Once an
 * id is fenced, a broker tells no longer how its last transaction ended; state that is restored
 * later may hold that transaction as one to be committed.
 *
 * <p>Each is remembered by a transactional id that nobody uses: {@code <prefix>/lost/<producer>/
 * <epoch>}. It needs no other rights than the sink's own ids, subtasks cannot overwrite each
 * other's, and the broker forgets it after as long a time as the id that it speaks of. With
 * transaction version 2, producer and epoch name one transaction.
 */
final class LostTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(LostTransactions.class);

  private final PrefixTransactions known;
  private final String prefix;

  /**
   * Those of a sink.
   *
   * @param known asks the brokers
   * @param prefix the sink's
   */
  LostTransactions(PrefixTransactions known, String prefix) {
    this.known = known;
    this.prefix = prefix + "/lost/";
  }

  /**
   * Remembers those among {@code ids} that are not committed; to be called right before they are
   * fenced. What this run itself has begun, and lost when it failed, is not: whatever state it is
   * restored from, it writes the same records again.
   *
   * @param since when this run began, epoch milliseconds
   * @param again whether it was running already
   */
  void remember(Collection<String> ids, long since, boolean again) {
    Set<String> lost = new TreeSet<>();
    known
        .described(ids)
        .forEach(
            each -> {
              if (!again || each.transactionStartTimeMs().orElse(since) < since) {
                uncommitted(each, lost);
              }
            });
    if (lost.isEmpty() || !known.countsEachEnd()) {
      return;
    }
    try {
      known.fence(lost); // which makes them known
    } catch (TransactionalIdAuthorizationException e) {
      LOG.warn(
          "{}: {} (must be writable: without it, that these were lost is not known later: {})",
          prefix,
          e.getMessage(),
          lost);
    }
  }

  /** The end of a transaction counts the epoch up. */
  private void uncommitted(TransactionDescription now, Set<String> lost) {
    if (now.state() == TransactionState.ONGOING) {
      lost.add(id(now.producerId(), now.producerEpoch()));
    } else if (TransactionFate.ABORTS.contains(now.state())) {
      lost.add(id(now.producerId(), now.producerEpoch() - 1));
    }
  }

  /** Whether a transaction is one of them. */
  boolean hold(long producer, short epoch) {
    return known.knows(id(producer, epoch));
  }

  private String id(long producer, int epoch) {
    return prefix + producer + "/" + epoch;
  }
}
