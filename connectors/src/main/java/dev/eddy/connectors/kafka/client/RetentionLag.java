package dev.eddy.connectors.kafka.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;

/**
 * How far a reader's place in a partition is from what retention deletes next. Compares with the
 * clock of this machine; no prediction depends on it.
 *
 * @param partition the partition
 * @param position the offset that is read next
 * @param earliest the first offset that the partition holds
 * @param end the offset behind its last record
 * @param secondsLeft about how long until the record at the position is old enough to be deleted;
 *     infinite where nothing is unread or nothing expires
 */
public record RetentionLag(
    int partition, long position, long earliest, long end, double secondsLeft) {
  private static final int STEPS = 8; // of the search for the record's time: 1/256 of the retention

  /** Whether records were deleted that were not read, or the partition was made anew. */
  public boolean isLost() {
    return position < earliest || position > end;
  }

  /** Records that are not read yet. */
  public long unread() {
    return Math.max(0, end - Math.max(position, earliest));
  }

  /**
   * Records that retention deletes before it comes to one that is not read; below 0 where it has
   * come further, {@link Long#MAX_VALUE} where nothing is unread.
   */
  public long recordsLeft() {
    return unread() == 0 ? Long.MAX_VALUE : position - earliest;
  }

  /**
   * Of what a consumer group has committed; empty where it has committed nothing.
   *
   * @throws dev.eddy.settings.UserMistake if no broker answers or the topic is missing
   */
  public static List<RetentionLag> ofGroup(Map<String, String> client, String topic, String group) {
    try (Topics topics = Topics.connect(client)) {
      return of(topics, topic, topics.committed(topic, group));
    }
  }

  /**
   * Of given places.
   *
   * @param positions the offset that is read next, by partition
   * @throws dev.eddy.settings.UserMistake if no broker answers or the topic is missing
   */
  public static List<RetentionLag> of(
      Map<String, String> client, String topic, Map<Integer, Long> positions) {
    if (positions.isEmpty()) {
      return List.of();
    }
    try (Topics topics = Topics.connect(client)) {
      return of(topics, topic, positions);
    }
  }

  private static List<RetentionLag> of(Topics topics, String topic, Map<Integer, Long> positions) {
    Map<Integer, Long> earliest = topics.offsets(topic, all(positions, OffsetSpec.earliest()));
    Map<Integer, Long> ends = topics.offsets(topic, all(positions, OffsetSpec.latest()));
    Optional<Duration> retention = topics.retention(topic);
    Map<Integer, Long> times =
        retention.map(kept -> times(topics, topic, positions, kept)).orElse(Map.of());
    List<RetentionLag> lags = new ArrayList<>();
    for (Map.Entry<Integer, Long> each : new TreeMap<>(positions).entrySet()) {
      int partition = each.getKey();
      long end = ends.get(partition);
      boolean expires = times.containsKey(partition) && each.getValue() < end;
      double left =
          expires
              ? (times.get(partition)
                      + retention.orElse(Duration.ZERO).toMillis()
                      - System.currentTimeMillis())
                  / 1e3
              : Double.POSITIVE_INFINITY;
      lags.add(new RetentionLag(partition, each.getValue(), earliest.get(partition), end, left));
    }
    return lags;
  }

  /** About when the records at the positions were written: bisected by asking for offsets. */
  private static Map<Integer, Long> times(
      Topics topics, String topic, Map<Integer, Long> positions, Duration kept) {
    Map<Integer, Long> after = new HashMap<>();
    long now = System.currentTimeMillis();
    positions.keySet().forEach(partition -> after.put(partition, now - kept.toMillis()));
    long step = kept.toMillis();
    for (int i = 0; i < STEPS; i++) {
      step /= 2;
      long half = step;
      Map<Integer, OffsetSpec> asked = new HashMap<>();
      after.forEach(
          (partition, time) -> asked.put(partition, OffsetSpec.forTimestamp(time + half)));
      topics
          .offsets(topic, asked)
          .forEach(
              (partition, offset) -> {
                if (offset >= 0 && offset <= positions.get(partition)) {
                  after.merge(partition, half, Long::sum);
                }
              });
    }
    return after;
  }

  private static Map<Integer, OffsetSpec> all(Map<Integer, Long> positions, OffsetSpec spec) {
    Map<Integer, OffsetSpec> all = new HashMap<>();
    positions.keySet().forEach(partition -> all.put(partition, spec));
    return all;
  }
}
