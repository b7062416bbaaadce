package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Drops what the stream refuses: dead letters, which the streaming job is the one to pass on, and
 * future updates that are late. It reads each partition in order, so it knows a key's newest
 * observation before any future update, as the stream does.
 */
final class AdmittedEvents extends RichFlatMapFunction<Decoded, KeyedEvent> {
  static final String DEAD_LETTERS = "dead-letters"; // an accumulator

  private static final long serialVersionUID = 1;
  private final boolean hasFutureUpdates;
  private final LongCounter deadLetters = new LongCounter();
  // Event times by key; with future updates.
  private final Map<String, Long> newest = new HashMap<>();

  AdmittedEvents(boolean hasFutureUpdates) {
    this.hasFutureUpdates = hasFutureUpdates;
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(DEAD_LETTERS, deadLetters);
  }

  @Override
  public void flatMap(Decoded decoded, Collector<KeyedEvent> out) {
    if (decoded instanceof KeyedEvent event && admits(event)) {
      out.collect(event);
    } else {
      deadLetters.add(1L);
    }
  }

  private boolean admits(KeyedEvent event) {
    if (event instanceof FutureUpdate) {
      return event.time() >= newest.getOrDefault(event.key(), Long.MAX_VALUE);
    }
    if (hasFutureUpdates) {
      newest.merge(event.key(), event.time(), Math::max);
    }
    return true;
  }
}
