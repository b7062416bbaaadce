package dev.eddy.pipeline.operator;

import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Frees what is kept of keys that have been silent for so long that they would start afresh. The
 * event time of all keys says when, not a key's own, which no longer moves; so a key may lag behind
 * the others by as much again, and a record's clock be as far ahead as it may be, before anything
 * is freed that would still be needed. A key has a timer for each quarter of that time in which it
 * was observed, so most observations set none. Counts the keys that are kept.
 */
final class SilentKeys implements Triggerable<String, VoidNamespace> {
  private static final long PARTS = 4;

  private final FlinkStates states;
  private final long forgetAfter;
  private final long wait; // from a key's last time
  private final long part;
  private long live;

  // Flink asks for the timers' owner before it gives them.
  @SuppressWarnings("NullAway.Init")
  private InternalTimerService<VoidNamespace> timers;

  /**
   * Keys of a deployment.
   *
   * @param live how many there are
   */
  SilentKeys(FlinkStates states, PredictSettings settings, long live) {
    this.states = states;
    this.forgetAfter = settings.forgetAfterMillis();
    this.wait = forgetAfter == Long.MAX_VALUE ? 0 : 2 * forgetAfter + settings.maxAheadMillis();
    this.part = Math.max(1, wait / PARTS);
    this.live = live;
  }

  void open(InternalTimerService<VoidNamespace> service) {
    timers = service;
  }

  /** Keys that are kept. */
  long live() {
    return live;
  }

  /**
   * The current key was observed.
   *
   * @param before its last time until then; {@link Long#MIN_VALUE} for a new one
   */
  void observed(long before, long now) {
    boolean isNew = before == Long.MIN_VALUE;
    live += isNew ? 1 : 0;
    if (forgetAfter != Long.MAX_VALUE && (isNew || due(before) != due(now))) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due(now));
    }
  }

  private long due(long lastTime) {
    return (Math.floorDiv(lastTime + wait, part) + 1) * part;
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    boolean ended = timers.currentWatermark() == Long.MAX_VALUE; // no time that has come
    long last = states.lastTime();
    if (ended || last == Long.MIN_VALUE) {
      return;
    }
    if (due(last) <= timer.getTimestamp()) {
      states.forget();
      live--;
    } else { // it was observed since, or forget-after was shorter when this was set
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due(last));
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("processing time: no timer (must be of event time)");
  }
}
