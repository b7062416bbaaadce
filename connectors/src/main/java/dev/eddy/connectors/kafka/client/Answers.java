package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Waits for what brokers answer, and says in a line why they do not.
 *
 * @param servers which brokers are asked
 * @param protocol what the client speaks
 */
record Answers(String servers, String protocol) {
  /**
   * Waits.
   *
   * @param task what was asked for, {@code list topics}
   * @throws UserMistake when the answer is a refusal, or there is none
   */
  <T> T of(KafkaFuture<T> future, String task) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw mistake(e.getCause() == null ? e : e.getCause(), task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("kafka: interrupted while trying to " + task, e);
    }
  }

  /** The mistake behind a failure of a client. */
  UserMistake mistake(Throwable failure, String task) {
    String place = "kafka: " + servers + ": ";
    if (failure instanceof AuthenticationException) {
      return new UserMistake(
          place
              + "refused this client: "
              + failure.getMessage()
              + " (kafka.security.protocol, sasl.* and ssl.* must be as the listener wants them)",
          failure);
    }
    if (failure instanceof TimeoutException) {
      return new UserMistake(
          place
              + "no answer when trying to "
              + task
              + ": "
              + failure.getMessage()
              + " (must be a broker whose listener speaks kafka.security.protocol "
              + protocol
              + ", and whose advertised.listeners lead to it from here)",
          failure);
    }
    return new UserMistake(place + "cannot " + task + ": " + failure.getMessage(), failure);
  }
}
