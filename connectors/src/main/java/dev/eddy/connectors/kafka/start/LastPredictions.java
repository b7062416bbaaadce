package dev.eddy.connectors.kafka.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.kafka.client.Reachable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a deployment's own predictions are among the last committed records of its topic's
 * partitions: among some hundred of each, since other deployments may write there, too, and further
 * back where nothing but aborted transactions is found.
 */
final class LastPredictions {
  private static final Logger LOG = LoggerFactory.getLogger(LastPredictions.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final long WINDOW = 512;

  /** What a stretch of a partition holds. */
  private enum Found {
    NOTHING,
    OTHERS,
    OURS
  }

  private LastPredictions() {}

  /** Whether there are some of an earlier start; unknown counts as none, and is logged. */
  static boolean hold(Progress progress) {
    Map<String, String> client = new HashMap<>(progress.client());
    client.put("isolation.level", "read_committed");
    try (var consumer = Reachable.consumer(client)) {
      List<PartitionInfo> known = consumer.listTopics().get(progress.predictions());
      if (known == null) {
        return false;
      }
      List<TopicPartition> partitions =
          known.stream().map(each -> new TopicPartition(each.topic(), each.partition())).toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .anyMatch(
              end -> {
                long begin = begins.getOrDefault(end.getKey(), 0L);
                return holds(consumer, end.getKey(), begin, end.getValue(), progress.writer());
              });
    } catch (TopicAuthorizationException e) {
      LOG.warn("{}: must not be read, so predictions are unknown", progress.predictions(), e);
      return false;
    }
  }

  private static boolean holds(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long begin,
      long end,
      PredictionWriter writer) {
    consumer.assign(List.of(partition));
    Found found = Found.NOTHING;
    for (long from = end, back = WINDOW; found == Found.NOTHING && from > begin; back *= 8) {
      from = Math.max(begin, end - back);
      consumer.seek(partition, from);
      found = read(consumer, partition, end, writer);
    }
    return found == Found.OURS;
  }

  private static Found read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      PredictionWriter writer) {
    Found found = Found.NOTHING;
    long deadline = System.nanoTime() + SILENCE.toNanos();
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        found = Found.OTHERS;
        if (writer.wroteEarlier(writer(record))) {
          return Found.OURS;
        }
      }
      if (consumer.position(partition) > before) {
        deadline = System.nanoTime() + SILENCE.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            partition + ": silent at offset " + before + " (must go on to " + end + ")");
      }
    }
    return found;
  }

  /** Before there was a header, a deployment had the name of its model, which the value names. */
  static @Nullable PredictionWriter writer(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(PredictionWriter.HEADER);
    if (header != null) {
      return PredictionWriter.of(header.value());
    }
    try {
      byte[] value = record.value();
      String model = value == null ? "" : JSON.readTree(value).path("model").asText("");
      int at = model.lastIndexOf('@');
      return at < 0 ? null : new PredictionWriter(model.substring(0, at), "");
    } catch (IOException noPrediction) {
      return null;
    }
  }
}
