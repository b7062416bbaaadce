package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads the last records of each partition of a topic, as a sample of what is sent to it now. */
public final class TopicTail {
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicTail() {}

  /**
   * Reads; in no consumer group.
   *
   * @param each how many of each partition, markers of transactions counted
   * @param patience how long at most; what has come until then is the sample
   * @throws UserMistake when the topic cannot be read
   */
  public static List<ConsumerRecord<byte[], byte[]>> of(
      Map<String, String> client, String topic, int each, Duration patience) {
    try (var consumer = Reachable.consumer(client)) {
      return read(consumer, topic, each, patience);
    } catch (KafkaException e) {
      throw Reachable.answers(client).mistake(e, "read topic " + topic);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConsumer<byte[], byte[]> consumer, String topic, int each, Duration patience) {
    List<PartitionInfo> partitions = consumer.listTopics().getOrDefault(topic, List.of());
    List<TopicPartition> assigned =
        partitions.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    consumer.assign(assigned);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(assigned);
    Map<TopicPartition, Long> missing = new HashMap<>(consumer.endOffsets(assigned));
    missing.forEach(
        (partition, end) ->
            consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - each)));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    while (!missing.isEmpty() && System.nanoTime() < deadline) {
      consumer.poll(POLL).forEach(records::add);
      missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    }
    return records;
  }
}
