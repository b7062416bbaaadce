package dev.eddy.connectors.kafka;

import dev.eddy.settings.UserMistake;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Says what becomes of a reader whose place is no longer in the topic: it fails, unless the user
 * has said otherwise. Kafka's own answer would be to go on elsewhere without a word.
 */
@SuppressWarnings("deprecation") // the connector asks for the strategy
final class ResetOffsets implements OffsetsInitializer {
  static final String SETTING = "auto.offset.reset";

  private static final long serialVersionUID = 1;

  private final OffsetsInitializer starting;
  private final OffsetResetStrategy reset;

  private ResetOffsets(OffsetsInitializer starting, OffsetResetStrategy reset) {
    this.starting = starting;
    this.reset = reset;
  }

  /**
   * Starts where {@code starting} says.
   *
   * @param client the user's properties of the client
   * @throws UserMistake if they name no way to reset
   */
  static OffsetsInitializer of(OffsetsInitializer starting, Map<String, String> client) {
    String wanted = client.getOrDefault(SETTING, "none");
    try {
      return new ResetOffsets(
          starting, OffsetResetStrategy.valueOf(wanted.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "kafka." + SETTING + ": " + wanted + " (must be none, earliest or latest)", e);
    }
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return starting.getPartitionOffsets(partitions, retriever);
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return reset;
  }
}
