package dev.eddy.pipeline.state;

import dev.eddy.model.inference.KeyState;
import java.util.Objects;

/**
 * Tags the state of one key with what the next observation of the key needs beside it: the model
 * version that it belongs to, and the key's last time. The arrays of the key's state are mutable
 * and owned by whoever read it last; nobody may hold them across a checkpoint barrier.
 *
 * @param version number of the model version that the state belongs to
 * @param lastTime event time of the key's last observation that was in order, epoch milliseconds
 * @param late how many observations since then were late and would set the key's clock back; see
 *     {@link KeyClock}
 * @param lateTime event time of the last of these; 0 without
 * @param partition where the key's last observation that was in order came from; {@link
 *     #NO_PARTITION} where that is not known
 * @param keyState all that the model remembers of the key
 */
public record StoredKeyState(
    int version, long lastTime, int late, long lateTime, int partition, KeyState keyState) {

  /** Of a key that was stored before partitions were, or that no topic brought. */
  public static final int NO_PARTITION = -1;

  public StoredKeyState {
    Objects.requireNonNull(keyState, "keyState");
  }

  /** Of a key whose last observation was in order. */
  public StoredKeyState(int version, long lastTime, KeyState keyState) {
    this(version, lastTime, 0, 0, NO_PARTITION, keyState);
  }

  /** A copy that shares no array with this. */
  StoredKeyState copy() {
    return new StoredKeyState(version, lastTime, late, lateTime, partition, keyState.copy());
  }
}
