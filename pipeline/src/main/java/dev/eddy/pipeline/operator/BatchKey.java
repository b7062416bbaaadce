package dev.eddy.pipeline.operator;

import dev.eddy.model.inference.KeyState;
import dev.eddy.pipeline.state.StoredKeyState;
import org.jspecify.annotations.Nullable;

/** Holds one distinct key of a micro-batch, and its state from reading to writing. Reused. */
final class BatchKey {
  String name = "";
  int version;
  long lastTime;
  boolean changed;
  int tenure; // of the last observation in the batch; ObservationBatch.NONE before one
  @Nullable KeyState state; // null for a key never seen

  void start(String newName, @Nullable StoredKeyState stored) {
    name = newName;
    changed = false;
    tenure = ObservationBatch.NONE;
    if (stored == null) {
      version = 0;
      lastTime = Long.MIN_VALUE;
      state = null;
    } else {
      version = stored.version();
      lastTime = stored.lastTime();
      state = stored.keyState();
    }
  }
}
