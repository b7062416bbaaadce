package dev.eddy.pipeline.operator;

import dev.eddy.model.inference.RecurrentState;
import dev.eddy.pipeline.state.HiddenState;
import org.jspecify.annotations.Nullable;

/** One distinct key of a micro-batch: its state from reading to writing. Reused. */
final class KeySlot {
  String key = "";
  int version;
  long lastTime;
  boolean changed;
  int activation; // of the last observation in the batch; ObservationBatch.NONE before one
  @Nullable RecurrentState recurrent; // null for a key never seen

  void start(String newKey, @Nullable HiddenState state) {
    key = newKey;
    changed = false;
    activation = ObservationBatch.NONE;
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
