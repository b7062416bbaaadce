package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a sink's transaction may stay open before the broker aborts it: as the user says, else
 * 15 minutes, or less where brokers allow no more. A job that stays down for longer between the
 * preparation of a commit and the commit cannot commit any more, so shorter is never better.
 *
 * @param length of time
 * @param brokersMost what the brokers allow; empty where none has told
 */
public record TransactionTimeout(Duration length, Optional<Duration> brokersMost) {
  /** The setting among the Kafka client's. */
  public static final String SETTING = "transaction.timeout.ms";

  private static final Logger LOG = LoggerFactory.getLogger(TransactionTimeout.class);
  private static final String BROKERS = "transaction.max.timeout.ms";
  private static final Duration USUAL = Duration.ofMinutes(15); // the most by brokers' defaults

  /** Asks the brokers what they allow; one that does not answer allows everything. */
  public static TransactionTimeout of(Map<String, String> client) {
    Optional<Duration> most = asked(client);
    String given = client.get(SETTING);
    if (given != null) {
      return new TransactionTimeout(Duration.ofMillis(number(given)), most);
    }
    Duration usual = most.filter(each -> each.compareTo(USUAL) < 0).orElse(USUAL);
    return new TransactionTimeout(usual, most);
  }

  /** Refuses a timeout that brokers would refuse, at every start again. */
  public void require() {
    if (brokersMost.isPresent() && length.compareTo(brokersMost.get()) > 0) {
      throw new UserMistake(
          "kafka."
              + SETTING
              + ": "
              + length.toMillis()
              + " (must be at most "
              + brokersMost.get().toMillis()
              + ", the broker's "
              + BROKERS
              + ")");
    }
  }

  private static long number(String given) {
    try {
      return Integer.parseInt(given.strip());
    } catch (NumberFormatException e) {
      throw new UserMistake("kafka." + SETTING + ": " + given + " (must be milliseconds)", e);
    }
  }

  private static Optional<Duration> asked(Map<String, String> client) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("default.api.timeout.ms", "5000");
    properties.put("request.timeout.ms", "4000");
    try (Admin admin = Admin.create(properties)) {
      Node broker = admin.describeCluster().nodes().get().iterator().next();
      ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
      String most = BrokerSettings.of(admin, resource).get().get(BROKERS);
      return most == null ? Optional.empty() : Optional.of(Duration.ofMillis(Long.parseLong(most)));
    } catch (ExecutionException | KafkaException e) {
      LOG.info("{}: not told: {}", BROKERS, e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
