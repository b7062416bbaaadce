package dev.eddy.pipeline.evaluation.report;

import dev.eddy.connectors.kafka.client.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the committed records of an evaluations topic. */
public final class EvaluationLog {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationLog.class);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private EvaluationLog() {}

  /**
   * Reads all up to its end at the call. What is no record is skipped with a warning.
   *
   * @param client of Kafka
   * @throws dev.eddy.settings.UserMistake if no broker answers, the topic is missing or falls
   *     silent
   */
  public static void read(
      Map<String, String> client, String topic, Consumer<EvaluationRecord> reader) {
    try (TopicReader records = TopicReader.open(client, topic)) {
      records.readToEnd(
          SILENCE,
          () -> false,
          record -> {
            read(record).ifPresent(reader);
            return true;
          });
    }
  }

  private static Optional<EvaluationRecord> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return EvaluationJson.read(record.value());
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "{}-{}@{}: skipped: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
