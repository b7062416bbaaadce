package dev.eddy.connectors.kafka.transaction;

import dev.eddy.connectors.kafka.client.Reachable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactional ids under prefixes, as the brokers know them; all states, open ones or not. */
final class PrefixTransactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixTransactions.class);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final Admin admin;

  PrefixTransactions(Properties client) {
    this.admin = Admin.create(Reachable.answeringSoon(client));
  }

  /**
   * The transactional ids of earlier runs.
   *
   * @param owned the subtasks, as ids name them, whose ids the caller looks after
   * @param kept ids whose transaction is still to be committed
   */
  List<String> left(Collection<String> prefixes, IntPredicate owned, Set<String> kept) {
    Predicate<String> ours =
        prefixes.stream()
            .map(prefix -> Pattern.compile(Pattern.quote(prefix) + "-(\\d+)-\\d+"))
            .map(pattern -> named(pattern, owned))
            .reduce(Predicate::or)
            .orElse(id -> false);
    return await(admin.listTransactions().all()).stream()
        .map(TransactionListing::transactionalId)
        .filter(ours)
        .filter(id -> !kept.contains(id))
        .sorted()
        .collect(Collectors.toList());
  }

  /**
   * Takes ids away from whoever holds them: what is open is aborted, and who still holds one can
   * neither write nor commit with it. An id without an open transaction is taken too, because its
   * holder might begin one.
   */
  void fence(Collection<String> ids) {
    if (!ids.isEmpty()) {
      LOG.info("fencing {}", ids);
      await(admin.fenceProducers(ids).all());
    }
  }

  private static Predicate<String> named(Pattern pattern, IntPredicate owned) {
    return id -> {
      Matcher matcher = pattern.matcher(id);
      return matcher.matches() && owned.test(Integer.parseInt(matcher.group(1)));
    };
  }

  /** What the broker knows of ids; nothing of those that it has forgotten meanwhile. */
  List<TransactionDescription> described(Collection<String> ids) {
    var asked = admin.describeTransactions(ids);
    return ids.stream()
        .map(id -> found(asked.description(id)))
        .flatMap(Optional::stream)
        .collect(Collectors.toList());
  }

  /** Whether the broker knows an id. */
  boolean knows(String id) {
    return !described(List.of(id)).isEmpty();
  }

  private static Optional<TransactionDescription> found(KafkaFuture<TransactionDescription> asked) {
    try {
      return Optional.of(await(asked));
    } catch (TransactionalIdNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What became of a transaction that could not be committed. */
  TransactionFate fate(String id, long producer, short epoch) {
    Optional<TransactionDescription> now = described(List.of(id)).stream().findFirst();
    TransactionFate fate =
        now.map(each -> TransactionFate.of(each, producer, epoch))
            .orElse(TransactionFate.FORGOTTEN);
    return fate == TransactionFate.ABORTED && !countsEachEnd() ? TransactionFate.UNTOLD : fate;
  }

  /** Whether each end of a transaction is told by its epoch: transaction version 2. */
  boolean countsEachEnd() {
    FinalizedVersionRange version =
        await(admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get("transaction.version");
    return version != null && version.maxVersionLevel() >= 2;
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(CLOSE);
  }
}
