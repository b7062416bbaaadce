package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.pipeline.waiting.Ahead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts one key's events, which come in order of arrival, in order by event time, as the stream does
 * where {@code input.order-within} lets it.
 */
final class EventOrder {
  /** Takes what is in order. */
  interface Sink {
    void take(KeyedEvent event) throws IOException;
  }

  private final long withinMillis;
  private final Sink sink;
  private final TreeMap<Long, List<KeyedEvent>> waiting = new TreeMap<>();
  private long newest = Long.MIN_VALUE; // time of those that came
  private long gone = Long.MIN_VALUE; // time of the newest that went on

  EventOrder(long withinMillis, Sink sink) {
    this.withinMillis = withinMillis;
    this.sink = sink;
  }

  /** Takes the key's next event. */
  void add(KeyedEvent event) throws IOException {
    newest = Ahead.isAhead(newest, event, withinMillis) ? Long.MIN_VALUE : newest;
    gone = Ahead.isAhead(gone, event, withinMillis) ? Long.MIN_VALUE : gone;
    if (withinMillis == 0 || event.time() < gone) {
      sink.take(event);
      return;
    }
    newest = Math.max(newest, event.time());
    waiting.computeIfAbsent(event.time(), time -> new ArrayList<>()).add(event);
    letGo(newest - withinMillis);
  }

  /** Ends the key. */
  void end() throws IOException {
    letGo(Long.MAX_VALUE);
    newest = Long.MIN_VALUE;
    gone = Long.MIN_VALUE;
  }

  private void letGo(long due) throws IOException {
    while (!waiting.isEmpty() && waiting.firstKey() <= due) {
      gone = waiting.firstKey();
      for (KeyedEvent each : waiting.remove(gone)) {
        sink.take(each);
      }
    }
  }
}
