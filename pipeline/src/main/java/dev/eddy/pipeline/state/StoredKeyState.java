package dev.eddy.pipeline.state;

import dev.eddy.model.inference.KeyState;
import java.util.Objects;

/**
 * Tags the state of one key with what the next observation of the key needs beside it: the model
 * that made it, the key's last time, and where its recent inputs go on. The arrays of the key's
 * state are mutable and owned by whoever read it last; nobody may hold them across a checkpoint
 * barrier.
 *
 * @param model whose state it is
 * @param lastTime event time of the key's last observation that was in order, epoch milliseconds
 * @param late how many observations since then were late and would set the key's clock back; see
 *     {@link KeyClock}
 * @param lateTime event time of the last of these; 0 without
 * @param partition where the key's last observation that was in order came from; {@link
 *     #NO_PARTITION} where that is not known
 * @param recent where the key's recent inputs go on
 * @param shadowed whether the key's last observation was stepped by a shadow too, whose state of it
 *     is kept beside this one
 * @param keyState all that the model remembers of the key
 */
public record StoredKeyState(
    ExactModel model,
    long lastTime,
    int late,
    long lateTime,
    int partition,
    RecentMark recent,
    boolean shadowed,
    KeyState keyState) {

  /** Of a key that was stored before partitions were, or that no topic brought. */
  public static final int NO_PARTITION = -1;

  public StoredKeyState {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recent, "recent");
    Objects.requireNonNull(keyState, "keyState");
  }

  /** Of a key without a shadow. */
  public StoredKeyState(
      ExactModel model,
      long lastTime,
      int late,
      long lateTime,
      int partition,
      RecentMark recent,
      KeyState keyState) {
    this(model, lastTime, late, lateTime, partition, recent, false, keyState);
  }

  /** Of a key whose last observation was in order. */
  public StoredKeyState(ExactModel model, long lastTime, KeyState keyState) {
    this(model, lastTime, 0, 0, NO_PARTITION, RecentMark.NONE, keyState);
  }

  /** A copy that shares no array with this. */
  StoredKeyState copy() {
    return new StoredKeyState(
        model, lastTime, late, lateTime, partition, recent, shadowed, keyState.copy());
  }
}
