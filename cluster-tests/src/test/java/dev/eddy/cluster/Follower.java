package dev.eddy.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Counts what arrives on a topic, from its beginning, whatever happens to the broker. */
final class Follower implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long records;
  private long bytes;

  /** {@code isolation} is {@code read_committed} or {@code read_uncommitted}. */
  Follower(Map<String, String> client, String topic, String isolation) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("isolation.level", isolation);
    var deserializer = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(properties, deserializer, deserializer);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  long records() {
    poll();
    return records;
  }

  long bytes() {
    poll();
    return bytes;
  }

  /** How many are there now, as far as the broker answers. */
  long drained() {
    long before;
    do {
      before = records;
      poll();
    } while (records > before);
    return records;
  }

  void awaitBytes(long wanted) {
    await(wanted + " bytes of predictions", () -> bytes() >= wanted);
  }

  void awaitRecords(long wanted) {
    await(wanted + " predictions", () -> records() >= wanted);
  }

  private void await(String what, Callable<Boolean> reached) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(1))
        .atMost(FlinkCluster.PATIENCE)
        .until(reached);
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
      records++;
      bytes += record.value().length;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
