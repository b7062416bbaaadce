package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.pipeline.state.KeyClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Drops what the stream refuses: dead letters, which the streaming job is the one to pass on, and
 * future updates that are late. It reads each partition in order, so it knows a key's last
 * observation before any future update, as the stream does.
 */
final class AdmittedEvents extends RichFlatMapFunction<Decoded, KeyedEvent> {
  static final String DEAD_LETTERS = "dead-letters"; // an accumulator

  private static final long serialVersionUID = 1;
  private final boolean hasFutureUpdates;
  private final long maxAheadMillis;
  private final String topic;
  private final RefusedRecords deadLetters = new RefusedRecords();
  private transient Map<String, KeyClock> clocks = Map.of(); // by key; with future updates

  AdmittedEvents(boolean hasFutureUpdates, Duration maxAhead, String topic) {
    this.topic = topic;
    this.hasFutureUpdates = hasFutureUpdates;
    this.maxAheadMillis = maxAhead.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    clocks = new HashMap<>();
    getRuntimeContext().addAccumulator(DEAD_LETTERS, deadLetters);
  }

  @Override
  public void flatMap(Decoded decoded, Collector<KeyedEvent> out) {
    if (decoded instanceof KeyedEvent event && admits(event)) {
      out.collect(event);
    } else if (decoded instanceof DeadLetter letter) {
      deadLetters.add(letter);
    } else if (decoded instanceof FutureUpdate late) {
      deadLetters.add(RefusedRecords.late(late, topic));
    }
  }

  private boolean admits(KeyedEvent event) {
    if (event instanceof FutureUpdate) {
      KeyClock clock = clocks.get(event.key());
      return clock != null && event.time() >= clock.lastTime();
    }
    if (hasFutureUpdates) {
      var unused =
          clocks
              .computeIfAbsent(event.key(), key -> new KeyClock())
              .judge((Observation) event, maxAheadMillis);
    }
    return true;
  }
}
