package dev.eddy.pipeline.evaluation.pending;

import java.util.function.Consumer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Frees what is kept of keys that have been silent for twice as long as starts them afresh, by the
 * event time of all keys. A key has a timer for each quarter of that time in which it was observed,
 * so most observations set none.
 */
final class SilentForecasts implements Triggerable<String, VoidNamespace> {
  private static final long PARTS = 4;

  private final boolean never;
  private final long wait;
  private final long part;
  private final LastTime lastTime;
  private final Forget forget;

  // Flink asks for the timers' owner before it gives them.
  @SuppressWarnings("NullAway.Init")
  private InternalTimerService<VoidNamespace> timers;

  /** Last event time of the current key; {@link Long#MIN_VALUE} where nothing is kept of it. */
  interface LastTime {
    long get() throws Exception;
  }

  /** Forgets the current key. */
  interface Forget {
    void run() throws Exception;
  }

  /** Shows every key of which anything is kept, each as the current one. */
  interface EachKey {
    void visit(Consumer<String> visitor) throws Exception;
  }

  SilentForecasts(long forgetAfter, LastTime lastTime, Forget forget) {
    never = forgetAfter == Long.MAX_VALUE;
    wait = never ? 0 : 2 * forgetAfter;
    part = Math.max(1, wait / PARTS);
    this.lastTime = lastTime;
    this.forget = forget;
  }

  void open(InternalTimerService<VoidNamespace> service) {
    timers = service;
  }

  /** Whether any key is ever freed. */
  boolean frees() {
    return !never;
  }

  /**
   * Sets the timers of keys that an earlier run has kept and that have none, since it freed none:
   * those that are due already go a few at a time.
   */
  void restore(EachKey keys) throws Exception {
    long[] newest = {Long.MIN_VALUE};
    keys.visit(key -> newest[0] = Math.max(newest[0], current()));
    keys.visit(
        key -> {
          long from = newest[0] + Math.floorMod(key.hashCode(), part);
          timers.registerEventTimeTimer(VoidNamespace.INSTANCE, Math.max(due(current()), from));
        });
  }

  private long current() {
    try {
      return lastTime.get();
    } catch (Exception e) {
      throw new IllegalStateException("key: unread (must be readable)", e);
    }
  }

  /**
   * The current key was observed.
   *
   * @param before its last time until then; {@link Long#MIN_VALUE} for a new one
   */
  void observed(long before, long now) {
    if (!never && (before == Long.MIN_VALUE || due(before) != due(now))) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due(now));
    }
  }

  private long due(long time) {
    return (Math.floorDiv(time + wait, part) + 1) * part;
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    boolean ended = timers.currentWatermark() == Long.MAX_VALUE; // no time that has come
    long last = lastTime.get();
    if (ended || never || last == Long.MIN_VALUE) {
      return;
    }
    if (due(last) <= timer.getTimestamp()) {
      forget.run();
    } else { // it was observed since, or forget-after was shorter when this was set
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due(last));
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("processing time: no timer (must be of event time)");
  }
}
