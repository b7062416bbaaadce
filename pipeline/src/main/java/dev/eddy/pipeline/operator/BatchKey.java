package dev.eddy.pipeline.operator;

import dev.eddy.model.inference.KeyState;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.StoredKeyState;
import org.jspecify.annotations.Nullable;

/** Holds one distinct key of a micro-batch, and its state from reading to writing. Reused. */
final class BatchKey {
  String name = "";
  final KeyClock clock = new KeyClock();
  int version;
  boolean changed;
  int tenure; // of the last observation that is yet to be stepped; ObservationBatch.NONE before one
  @Nullable KeyState state; // null for a key never seen

  void start(String newName, @Nullable StoredKeyState stored) {
    name = newName;
    changed = false;
    tenure = ObservationBatch.NONE;
    if (stored == null) {
      version = 0;
      clock.start();
      state = null;
    } else {
      version = stored.version();
      clock.start(stored);
      state = stored.keyState();
    }
  }
}
