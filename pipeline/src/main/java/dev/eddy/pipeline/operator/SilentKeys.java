package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.state.StoredKeyState;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * Frees what is kept of keys that have been silent for so long that they would start afresh. The
 * event time of all keys says when, not a key's own, which no longer moves; so a key may lag behind
 * the others by as much again, and a record's clock be as far ahead as it may be, before anything
 * is freed that would still be needed. A key has a timer for each quarter of that time in which it
 * was observed, so most observations set none. Counts the keys that are kept, by the model that
 * made their states.
 */
final class SilentKeys implements Triggerable<String, VoidNamespace> {
  private static final long PARTS = 4;

  private final FlinkStates states;
  private final UnaryOperator<ExactModel> identify;
  private final KeyCounts counts;
  private final long forgetAfter;
  private final long wait; // from a key's last time
  private final long part;

  // Flink asks for the timers' owner before it gives them.
  @SuppressWarnings("NullAway.Init")
  private InternalTimerService<VoidNamespace> timers;

  /**
   * Keys of a deployment.
   *
   * @param identify what made a state, as far as is known where an older Eddy stored it
   * @param counts of the keys that are kept
   */
  SilentKeys(
      FlinkStates states,
      PredictSettings settings,
      UnaryOperator<ExactModel> identify,
      KeyCounts counts) {
    this.states = states;
    this.identify = identify;
    this.counts = counts;
    this.forgetAfter = settings.forgetAfterMillis();
    this.wait = forgetAfter == Long.MAX_VALUE ? 0 : 2 * forgetAfter + settings.maxAheadMillis();
    this.part = Math.max(1, wait / PARTS);
  }

  void open(InternalTimerService<VoidNamespace> service) {
    timers = service;
  }

  /** Whether any key is ever freed. */
  boolean frees() {
    return forgetAfter != Long.MAX_VALUE;
  }

  /**
   * Takes in the keys that an earlier run has kept; looks at each only where that left out what is
   * needed now: it was of an older Eddy, or freed none.
   *
   * @param counted whether all are among the counts
   * @param timed whether all have timers
   * @param newest event time of that run, from which on keys without a timer are freed, a few at a
   *     time
   */
  void restore(KeyedStateBackend<String> backend, boolean counted, boolean timed, long newest)
      throws Exception {
    boolean setsTimers = frees() && !timed;
    if (counted && !setsTimers) {
      return;
    }
    FlinkStates.each(
        backend,
        (key, state) -> {
          if (!counted) {
            counts.add(identify.apply(state.model()), 1);
          }
          if (setsTimers) {
            long from = newest + Math.floorMod(key.hashCode(), part);
            timers.registerEventTimeTimer(
                VoidNamespace.INSTANCE, Math.max(due(state.lastTime()), from));
          }
        });
  }

  /**
   * The current key was observed.
   *
   * @param made what had made its state; null for a new key
   * @param before its last time until then; {@link Long#MIN_VALUE} for a new one
   */
  void observed(@Nullable ExactModel made, long before, StoredKeyState now) {
    if (!now.model().equals(made)) {
      counts.add(now.model(), 1);
      if (made != null) {
        counts.add(made, -1);
      }
    }
    boolean isNew = before == Long.MIN_VALUE;
    if (frees() && (isNew || due(before) != due(now.lastTime()))) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due(now.lastTime()));
    }
  }

  private long due(long lastTime) {
    return (Math.floorDiv(lastTime + wait, part) + 1) * part;
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    boolean ended = timers.currentWatermark() == Long.MAX_VALUE; // no time that has come
    StoredKeyState state = states.current();
    if (ended || state == null || !frees()) { // timers of a run that freed keys fire in any
      return;
    }
    long due = due(state.lastTime());
    if (due <= timer.getTimestamp()) {
      states.forget();
      counts.add(identify.apply(state.model()), -1);
    } else { // it was observed since, or forget-after was shorter when this was set
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("processing time: no timer (must be of event time)");
  }
}
