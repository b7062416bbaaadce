package dev.eddy.pipeline.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows of a subtask's keys which have events that wait, how many, for which time, and since when:
 * one entry for each such key, however many of its events wait.
 */
final class WaitingKeys {
  /**
   * One key's.
   *
   * @param first number of its first event, in the order of arrival
   * @param next number of the event to come
   * @param time that its first event waits for
   * @param arrived when its first event came, by the clock
   */
  record Waiting(String key, long first, long next, long time, long arrived) {
    int count() {
      return (int) (next - first);
    }
  }

  private final Map<String, Waiting> keys = new HashMap<>();
  private final NavigableSet<Waiting> byTime = by(Waiting::time);
  private final NavigableSet<Waiting> byArrival = by(Waiting::arrived);

  private static NavigableSet<Waiting> by(ToLongFunction<Waiting> order) {
    return new TreeSet<>(Comparator.comparingLong(order).thenComparing(Waiting::key));
  }

  /** How many events of a key wait. */
  int count(String key) {
    Waiting waiting = keys.get(key);
    return waiting == null ? 0 : waiting.count();
  }

  /** What waits of a key; null where nothing does. */
  @Nullable Waiting of(String key) {
    return keys.get(key);
  }

  /** How many keys have some. */
  int size() {
    return keys.size();
  }

  /** So many wait of a key now, or none any more. */
  void put(Waiting waiting) {
    Waiting before = keys.remove(waiting.key);
    if (before != null) {
      byTime.remove(before);
      byArrival.remove(before);
    }
    if (waiting.count() > 0) {
      keys.put(waiting.key, waiting);
      byTime.add(waiting);
      byArrival.add(waiting);
    }
  }

  /** One more of a key waits; returns its number. */
  long add(String key, long time, long arrived) {
    Waiting before = keys.get(key);
    if (before == null) {
      put(new Waiting(key, 0, 1, time, arrived));
      return 0;
    }
    put(new Waiting(key, before.first, before.next + 1, before.time, before.arrived));
    return before.next;
  }

  /** The keys whose first event waits for no later time. */
  List<String> upTo(long time) {
    return first(byTime, Waiting::time, time);
  }

  /** The keys whose first event came no later. */
  List<String> arrivedBy(long clock) {
    return first(byArrival, Waiting::arrived, clock);
  }

  private static List<String> first(
      NavigableSet<Waiting> ordered, ToLongFunction<Waiting> order, long last) {
    List<String> found = new ArrayList<>();
    for (Waiting each : ordered) {
      if (order.applyAsLong(each) > last) {
        break;
      }
      found.add(each.key);
    }
    return found;
  }

  /** All of them. */
  List<String> all() {
    return upTo(Long.MAX_VALUE);
  }

  /** The oldest time that is waited for; null where none is. */
  @Nullable Long oldest() {
    return byTime.isEmpty() ? null : byTime.first().time;
  }

  /** When the event came that waits longest of all keys' first ones; null where none does. */
  @Nullable Long firstArrival() {
    return byArrival.isEmpty() ? null : byArrival.first().arrived;
  }
}
