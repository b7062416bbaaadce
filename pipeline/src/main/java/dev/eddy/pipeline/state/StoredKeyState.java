package dev.eddy.pipeline.state;

import dev.eddy.model.inference.KeyState;
import java.util.Objects;

/**
 * The keyed state of one key: everything the next observation of the key needs, and which model
 * version it belongs to. The arrays of {@code recurrent} are mutable and owned by whoever read the
 * state last; nobody may hold them across a checkpoint barrier.
 *
 * @param version number of the model version that the state belongs to
 * @param lastTime event time of the key's last observation that was in order, epoch milliseconds
 * @param recurrent hidden state, running statistics, memory and calibration
 */
public record StoredKeyState(int version, long lastTime, KeyState recurrent) {
  public StoredKeyState {
    Objects.requireNonNull(recurrent, "recurrent");
  }

  /** A copy that shares no array with this. */
  public StoredKeyState copy() {
    return new StoredKeyState(version, lastTime, recurrent.copy());
  }
}
