package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.kafka.client.BrokerSettings;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a record may be, by the topic that it goes to and by the producer that sends it, and
 * what sets the limit.
 *
 * @param bytes of a batch that holds one record, all overhead included
 * @param setting the name of the setting and whose it is
 */
public record RecordLimit(int bytes, String setting) {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLimit.class);

  /** More than the batch and the record add to key, value and headers. */
  public static final int OVERHEAD = 512;

  /** More than a dead letter takes of which key, value and detail are cut away. */
  public static final int LEAST = 1024;

  private static final String REQUEST = "max.request.size";
  private static final String MESSAGE = "max.message.bytes";
  private static final int DEFAULT = 1 << 20; // of producers, and a little more than of brokers

  /**
   * Asks the brokers.
   *
   * @param client properties of the Kafka client
   * @throws KafkaException if none answers
   */
  public static RecordLimit of(Map<String, String> client, String topic) {
    RecordLimit request = new RecordLimit(number(client.get(REQUEST), DEFAULT), "kafka." + REQUEST);
    int message = number(asked(client, topic), DEFAULT - OVERHEAD);
    return message < request.bytes ? new RecordLimit(message, MESSAGE + " of " + topic) : request;
  }

  /** What is left for key, value and headers. */
  public int room() {
    return Math.max(0, bytes - OVERHEAD);
  }

  private static String asked(Map<String, String> client, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Properties properties = new Properties();
    properties.putAll(client);
    try (Admin admin = Admin.create(properties)) {
      return BrokerSettings.of(admin, resource).get().getOrDefault(MESSAGE, "");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refused
          && !(refused instanceof RetriableException)) {
        LOG.warn("{}: {} not told: {}", topic, MESSAGE, refused.getMessage());
        return "";
      }
      throw new KafkaException(topic + ": " + MESSAGE + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      return text == null || text.isBlank() ? otherwise : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
