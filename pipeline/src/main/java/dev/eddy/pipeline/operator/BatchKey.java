package dev.eddy.pipeline.operator;

import dev.eddy.model.inference.KeyState;
import dev.eddy.pipeline.state.StoredKeyState;
import org.jspecify.annotations.Nullable;

/** One distinct key of a micro-batch: its state from reading to writing. Reused. */
final class BatchKey {
  String key = "";
  int version;
  long lastTime;
  boolean changed;
  int tenure; // of the last observation in the batch; ObservationBatch.NONE before one
  @Nullable KeyState recurrent; // null for a key never seen

  void start(String newKey, @Nullable StoredKeyState state) {
    key = newKey;
    changed = false;
    tenure = ObservationBatch.NONE;
    if (state == null) {
      version = 0;
      lastTime = Long.MIN_VALUE;
      recurrent = null;
    } else {
      version = state.version();
      lastTime = state.lastTime();
      recurrent = state.recurrent();
    }
  }
}
