package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.pipeline.waiting.StoredNames;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/**
 * Stores the events that wait, each under its number among its key's: one that comes is added, one
 * that goes removed, and no other is touched, however many wait. Works on the operator's current
 * key.
 */
final class WaitingEvents {
  private static final String EVENTS = "waiting-events";
  private static final String UNNAMED = "waiting"; // as an older Eddy stored them

  // With the clock's time at arrival, and the number of its names.
  private final MapState<Long, Tuple3<Long, Integer, KeyedEvent>> events;
  private final ListState<Tuple2<Long, KeyedEvent>> unnamed;
  private final WaitingKeys keys;
  private final int names;

  /**
   * Those of an operator.
   *
   * @param names the number of the names of today's events
   */
  WaitingEvents(KeyedStateStore store, WaitingKeys keys, int names) throws Exception {
    this.keys = keys;
    this.names = names;
    events =
        store.getMapState(
            new MapStateDescriptor<>(
                EVENTS, Types.LONG, Types.TUPLE(Types.LONG, Types.INT, EventTypes.KEYED_EVENT)));
    unnamed =
        store.getListState(
            new ListStateDescriptor<>(UNNAMED, Types.TUPLE(Types.LONG, EventTypes.KEYED_EVENT)));
  }

  /** Adds an event of the current key, which came now. */
  void add(KeyedEvent event, long now) throws Exception {
    long number = keys.add(event.key(), event.time(), now);
    events.put(number, Tuple3.of(now, names, event));
  }

  Tuple3<Long, Integer, KeyedEvent> get(long number) throws Exception {
    return events.get(number);
  }

  void remove(long number) throws Exception {
    events.remove(number);
  }

  /** All keys that have some, as the state was restored. */
  List<String> stored(KeyedStateBackend<String> backend) {
    try (Stream<String> named = backend.getKeys(EVENTS, VoidNamespace.INSTANCE);
        Stream<String> older = backend.getKeys(UNNAMED, VoidNamespace.INSTANCE)) {
      return Stream.concat(named, older).distinct().toList();
    }
  }

  /** Learns what is stored of the current key, which some is of. */
  void restore(String key) throws Exception {
    long first = Long.MAX_VALUE;
    long next = 0;
    for (long number : events.keys()) { // in no order on the heap
      first = Math.min(first, number);
      next = Math.max(next, number + 1);
    }
    for (Tuple2<Long, KeyedEvent> each : unnamed.get()) {
      first = Math.min(first, next);
      events.put(next++, Tuple3.of(each.f0, StoredNames.UNNAMED, each.f1));
    }
    unnamed.clear();
    if (first < next) {
      Tuple3<Long, Integer, KeyedEvent> waits = events.get(first);
      keys.put(new WaitingKeys.Waiting(key, first, next, waits.f2.time(), waits.f0));
    }
  }
}
