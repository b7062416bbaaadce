package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tries whether a producer of these settings may begin transactions: no broker tells beforehand who
 * may, nor whether its coordinator works. Writes no record.
 */
public final class TransactionTrial {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private TransactionTrial() {}

  /**
   * Tries.
   *
   * @param transactionalId one that nobody else uses
   * @param timeoutMillis of the transactions
   * @throws UserMistake when it may not, or nobody coordinates transactions
   */
  public static void require(
      Map<String, String> client, String transactionalId, long timeoutMillis) {
    Properties properties = Reachable.require(client);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("transactional.id", transactionalId);
    properties.put("transaction.timeout.ms", Long.toString(timeoutMillis));
    properties.put("max.block.ms", Long.toString(TIMEOUT.toMillis()));
    var bytes = new ByteArraySerializer();
    var producer = Reachable.client(() -> new KafkaProducer<>(properties, bytes, bytes));
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      throw mistake(e, transactionalId, timeoutMillis, Reachable.answers(client));
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static UserMistake mistake(
      KafkaException failure, String transactionalId, long timeoutMillis, Answers answers) {
    if (failure instanceof InvalidTxnTimeoutException) {
      return new UserMistake(
          "kafka.transaction.timeout.ms: "
              + timeoutMillis
              + " (must be at most the broker's transaction.max.timeout.ms)",
          failure);
    }
    if (failure instanceof AuthenticationException) {
      return answers.mistake(failure, "begin transactions");
    }
    if (failure instanceof AuthorizationException) {
      return new UserMistake(
          "kafka: transactional id "
              + transactionalId
              + ": not allowed (must have the right to WRITE and DESCRIBE transactional ids that"
              + " begin with "
              + transactionalId.substring(0, transactionalId.lastIndexOf('/') + 1)
              + ", or serving.delivery be at-least-once and topics.evaluations be left out)",
          failure);
    }
    if (failure instanceof TimeoutException) {
      return new UserMistake(
          "kafka: no broker coordinates transactions: "
              + failure.getMessage()
              + " (topic __transaction_state must have its transaction.state.log.min.isr replicas"
              + " in sync, and there must be transaction.state.log.replication.factor brokers)",
          failure);
    }
    return answers.mistake(failure, "begin transactions");
  }
}
