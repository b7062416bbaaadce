package dev.eddy.pipeline.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Knows of a subtask's keys which have events that wait, how many, and for which time. */
final class WaitingKeys {
  /**
   * One key's.
   *
   * @param time that its first event waits for
   */
  private record Waiting(long time, int count) {}

  private final Map<String, Waiting> keys = new HashMap<>();
  private final TreeMap<Long, Set<String>> byTime = new TreeMap<>();

  /** How many events of a key wait. */
  int count(String key) {
    Waiting waiting = keys.get(key);
    return waiting == null ? 0 : waiting.count;
  }

  /** How many keys have some. */
  int size() {
    return keys.size();
  }

  /** So many wait of a key, the first for {@code time}. */
  void put(String key, int count, long time) {
    remove(key);
    if (count > 0) {
      keys.put(key, new Waiting(time, count));
      byTime.computeIfAbsent(time, each -> new LinkedHashSet<>()).add(key);
    }
  }

  /** One more of a key waits; for {@code time} if none did. */
  void add(String key, long time) {
    Waiting before = keys.get(key);
    put(key, before == null ? 1 : before.count + 1, before == null ? time : before.time);
  }

  private void remove(String key) {
    Waiting before = keys.remove(key);
    if (before != null) {
      Set<String> others = byTime.get(before.time);
      if (others != null && others.remove(key) && others.isEmpty()) {
        byTime.remove(before.time);
      }
    }
  }

  /** The keys whose first event waits for no later time. */
  List<String> upTo(long time) {
    List<String> found = new ArrayList<>();
    byTime.headMap(time, true).values().forEach(found::addAll);
    return found;
  }

  /** All of them. */
  List<String> all() {
    return upTo(Long.MAX_VALUE);
  }

  /** The oldest time that is waited for; null where none is. */
  @Nullable Long oldest() {
    return byTime.isEmpty() ? null : byTime.firstKey();
  }
}
