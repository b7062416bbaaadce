package dev.eddy.connectors.kafka.client;

/**
 * Kafka is not as the deployment needs it: no broker answers, a topic is missing or kept too short.
 * The message is the one line for the user.
 */
public final class UnusableKafkaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnusableKafkaException(String message) {
    super(message);
  }

  UnusableKafkaException(String message, Throwable cause) {
    super(message, cause);
  }
}
