package dev.eddy.connectors.kafka;

import dev.eddy.connectors.kafka.client.RetentionLag;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, as metrics of a subtask, how far its places in the observations topic are from what
 * retention deletes next. Places are those of the last checkpoint, from which a restart would read;
 * the brokers are asked once in {@value #EVERY_SECONDS} seconds, by a thread of its own.
 */
final class RetentionWatch implements AutoCloseable {
  static final int EVERY_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(RetentionWatch.class);

  private final Map<String, String> client;
  private final String topic;
  private final Map<Integer, Long> places = new ConcurrentHashMap<>(); // by partition
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "eddy-retention-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long recordsLeft = Long.MAX_VALUE;
  private volatile double secondsLeft = Double.POSITIVE_INFINITY;

  /** Watches nothing before {@link #start}. */
  RetentionWatch(Map<String, String> client, String topic, MetricGroup metrics) {
    this.client = client;
    this.topic = topic;
    MetricGroup group = metrics.addGroup("eddy");
    group.gauge("retention-records-left", () -> recordsLeft);
    group.gauge("retention-seconds-left", () -> secondsLeft);
  }

  void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes in where the subtask reads on. */
  void reads(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (split.getStartingOffset() >= 0) { // else a word for a place that is yet to be found
        places.put(split.getPartition(), split.getStartingOffset());
      }
    }
  }

  private void look() {
    try {
      List<RetentionLag> lags = RetentionLag.of(client, topic, Map.copyOf(places));
      recordsLeft = lags.stream().mapToLong(RetentionLag::recordsLeft).min().orElse(Long.MAX_VALUE);
      secondsLeft =
          lags.stream()
              .mapToDouble(RetentionLag::secondsLeft)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
    } catch (RuntimeException e) { // a look that fails must not be the last
      LOG.debug("cannot compare with the retention of topic {}", topic, e);
    }
  }

  /** Says which places are no longer in the topic, what it holds, and what can be done. */
  UserMistake mistake(Map<TopicPartition, Long> lost, Exception cause) {
    Map<Integer, Long> wanted = new TreeMap<>();
    lost.forEach((partition, offset) -> wanted.put(partition.partition(), offset));
    StringBuilder text = new StringBuilder("topic " + topic + ": ");
    wanted.forEach(
        (partition, offset) ->
            text.append(
                "partition " + partition + ": offset " + offset + held(partition, offset) + ", "));
    text.setLength(text.length() - 2);
    return new UserMistake(
        text
            + " (must still be there: records were deleted before they were read, or the topic was"
            + " made anew; keep them longer, and begin anew with --fresh, or go on without them with"
            + " kafka."
            + ResetOffsets.SETTING
            + ": earliest)",
        cause);
  }

  private String held(int partition, long offset) {
    try {
      RetentionLag lag = RetentionLag.of(client, topic, Map.of(partition, offset)).get(0);
      return " of " + lag.earliest() + " to " + lag.end();
    } catch (RuntimeException e) {
      LOG.debug("cannot ask what topic {} holds", topic, e);
      return "";
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
