package dev.eddy.pipeline.flink;

import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.connectors.kafka.client.Reachable;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Finds where the committed records of a topic end now, and whether a job has checkpointed them:
 * Flink's source commits its offsets to its consumer group with each checkpoint.
 */
public final class TopicEnds {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final long FIRST_STEP_BACK = 16;
  private static final String OF_EARLIER_RUN = "of an earlier run";

  private final Map<String, String> kafka;
  private final String group;
  private final Map<TopicPartition, Long> ends; // behind the last record of each partition

  private TopicEnds(Map<String, String> kafka, String group, Map<TopicPartition, Long> ends) {
    this.kafka = kafka;
    this.group = group;
    this.ends = ends;
  }

  /** The ends of the deployment's observations topic. */
  public static TopicEnds of(Deployment deployment) {
    Map<String, String> client = new HashMap<>(deployment.kafka());
    client.put("isolation.level", "read_committed");
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (var consumer = Reachable.consumer(client)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(deployment.topics().observations()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) -> {
                long begin = begins.getOrDefault(partition, 0L);
                ends.put(partition, behindLastRecord(consumer, partition, begin, end));
              });
    }
    return new TopicEnds(deployment.kafka(), deployment.name(), ends);
  }

  /** The end of a partition may lie behind markers of transactions, which no job ever reads. */
  private static long behindLastRecord(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
    consumer.assign(List.of(partition));
    long from = end;
    for (long back = FIRST_STEP_BACK; from > begin; back *= 4) {
      from = Math.max(begin, end - back);
      consumer.seek(partition, from);
      long behind = readTo(consumer, partition, end, SILENCE);
      if (behind >= 0) {
        return behind;
      }
    }
    return 0;
  }

  /**
   * Reads on to {@code end}; gives up when nothing arrives for the length of {@code silence}.
   *
   * @return the offset behind the last record, or -1 if there was none
   */
  static long readTo(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long end, Duration silence) {
    long behind = -1;
    long reached = consumer.position(partition);
    long deadline = System.nanoTime() + silence.toNanos();
    while (reached < end) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        behind = each.offset() + 1;
      }
      long position = consumer.position(partition);
      if (position > reached) {
        deadline = System.nanoTime() + silence.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            partition + ": silent at offset " + position + " (must go on to " + end + ")");
      }
      reached = position;
    }
    return behind;
  }

  /**
   * Marks the offsets that earlier runs have committed, so that they are not taken for those of the
   * run that is to begin; they stay what they are until it commits its own.
   */
  public void leaveToEarlierRuns() {
    try (Admin admin = Reachable.admin(kafka)) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed(admin);
      committed.replaceAll(
          (partition, found) ->
              new OffsetAndMetadata(found.offset(), found.leaderEpoch(), OF_EARLIER_RUN));
      if (!committed.isEmpty()) {
        admin.alterConsumerGroupOffsets(group, committed).all().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("consumer group " + group + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * How many records up to the ends no checkpoint of this run covers, those counted that are gone
   * by now; empty while the brokers do not tell.
   */
  OptionalLong left() {
    try (Admin admin = Reachable.admin(kafka)) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed(admin);
      return OptionalLong.of(
          ends.entrySet().stream()
              .mapToLong(end -> Math.max(0, end.getValue() - offset(committed, end.getKey())))
              .sum());
    } catch (ExecutionException | UserMistake e) {
      if (Patience.isAway(e)) {
        return OptionalLong.empty();
      }
      throw new IllegalStateException("consumer group " + group + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin)
      throws ExecutionException, InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      committed.keySet().retainAll(ends.keySet());
      committed.values().removeIf(Objects::isNull);
      return committed;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return new HashMap<>();
      }
      throw e;
    }
  }

  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata found = committed.get(partition);
    return found == null || found.metadata().equals(OF_EARLIER_RUN) ? 0 : found.offset();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
