package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A plain consumer of the committed records of one topic, from its beginning: for announcements,
 * demos, scores and tests. Needs no consumer group. Thread confined.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private List<TopicPartition> partitions;

  private TopicReader(
      String topic, KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.topic = topic;
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * Opens a topic that exists.
   *
   * @throws UserMistake within seconds if no broker answers or the topic is missing
   */
  public static TopicReader open(Map<String, String> client, String topic) {
    var consumer = Reachable.consumer(client);
    try {
      List<TopicPartition> partitions = partitions(consumer, client, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return new TopicReader(topic, consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Map<String, String> client, String topic) {
    List<PartitionInfo> found;
    try {
      // Unlike partitionsFor, which waits for a topic that is missing.
      found = consumer.listTopics().get(topic);
    } catch (KafkaException e) {
      throw new UserMistake("topic: " + topic + ": " + e.getMessage(), e);
    }
    if (found == null || found.isEmpty()) {
      throw new UserMistake(
          "topic: " + topic + " (no such topic on " + client.get("bootstrap.servers") + ")");
    }
    return found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
  }

  /** What has arrived since the last call; waits for the first record up to the timeout. */
  public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(timeout).forEach(records::add);
    return records;
  }

  /**
   * Reads on to what is the {@code read_committed} end of each partition at the call; past aborted
   * transactions, up to the first one still open.
   *
   * @throws UserMistake if nothing arrives any more within the timeout
   */
  public List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration timeout) {
    return readToEnd(timeout, () -> false);
  }

  /**
   * The same, with patience for brokers that are known to be away.
   *
   * @param away whether they are, so that nothing can arrive
   */
  public List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration timeout, BooleanSupplier away) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    readToEnd(timeout, away, records::add);
    return records;
  }

  /**
   * The same, holding no more than what was fetched at once.
   *
   * @param wanted takes each record and says whether it wants another
   */
  public void readToEnd(
      Duration timeout, BooleanSupplier away, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Map<TopicPartition, Long> ends = ends();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!reached(ends)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      if (!polled.isEmpty() || away.getAsBoolean()) {
        deadline = System.nanoTime() + timeout.toNanos();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          if (!wanted.test(record)) {
            return;
          }
        }
      } else if (System.nanoTime() - deadline > 0) {
        throw silent(timeout, ends);
      }
    }
  }

  private UserMistake silent(Duration timeout, Map<TopicPartition, Long> ends) {
    return new UserMistake(
        "topic: "
            + topic
            + ": silent for "
            + timeout.toSeconds()
            + " s (must go on to its end, "
            + ends
            + ")",
        new TimeoutException("silent")); // it may go on: see Patience
  }

  /** Goes on from the end. */
  public void seekToEnd() {
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // now, not when it is asked for records
  }

  /** Goes on from the first record of each partition that was written then, or later. */
  public void seekToTime(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(each -> times.put(each, time.toEpochMilli()));
    seekToEnd();
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /**
   * Goes on from one place, with that partition alone.
   *
   * @throws UserMistake if the topic has no such partition
   */
  public void seekTo(int partition, long offset) {
    TopicPartition place = new TopicPartition(topic, partition);
    if (!partitions.contains(place)) {
      throw new UserMistake(
          "topic: " + topic + ": partition " + partition + " (must be one of " + partitions + ")");
    }
    partitions = List.of(place);
    consumer.assign(partitions);
    consumer.seek(place, offset);
  }

  /**
   * Goes on from an offset of each partition that is named, with the others from where they are.
   *
   * @return the partitions that end before it, and so are read from where they are
   */
  public Set<Integer> skipTo(Map<Integer, Long> offsets) {
    Set<Integer> shorter = new HashSet<>();
    ends()
        .forEach(
            (partition, end) -> {
              long offset = offsets.getOrDefault(partition.partition(), -1L);
              if (offset > end) {
                shorter.add(partition.partition());
              } else if (offset > consumer.position(partition)) {
                consumer.seek(partition, offset);
              }
            });
    return shorter;
  }

  private Map<TopicPartition, Long> ends() {
    try {
      return consumer.endOffsets(partitions);
    } catch (TimeoutException e) {
      throw new UserMistake("topic: " + topic + ": " + e.getMessage(), e);
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
