package dev.eddy.pipeline.operator;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.Tenure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one distinct key of a micro-batch, and its state from reading to writing. Reused. */
final class BatchKey {
  String name = "";
  final KeyClock clock = new KeyClock();
  int version;
  int partition; // of the last observation in order; StoredKeyState.NO_PARTITION for none
  boolean changed;
  int tenure; // of the last observation that is yet to be stepped; ObservationBatch.NONE before one
  @Nullable KeyState state; // null for a key never seen

  void start(String newName, @Nullable StoredKeyState stored) {
    name = newName;
    changed = false;
    tenure = ObservationBatch.NONE;
    if (stored == null) {
      version = 0;
      partition = StoredKeyState.NO_PARTITION;
      clock.start();
      state = null;
    } else {
      version = stored.version();
      partition = stored.partition();
      clock.start(stored);
      state = stored.keyState();
    }
  }

  /**
   * Makes the key's state one that a version can step, and gives it that.
   *
   * @param startsAfresh whether what it remembers is forgotten
   * @param turn of the version
   */
  KeyState enter(boolean startsAfresh, Tenure turn, ModelVersions versions) {
    int next = turn.model().version();
    ModelRunner runner = versions.model(next).runner();
    KeyState entered = state;
    if (entered == null || startsAfresh) {
      entered = runner.fresh();
    } else if (version != next) {
      entered = swap(entered, turn, versions, runner);
    }
    state = entered;
    version = next;
    return entered;
  }

  private KeyState swap(KeyState from, Tenure to, ModelVersions versions, ModelRunner runner) {
    Optional<InputEncoder> before = versions.encoder(version);
    if (before.isEmpty()) {
      return runner.fresh(); // nobody knows what the state means
    }
    return switch (versions.swap(version, to)) {
      case CARRY -> runner.carry(from, before.get());
      case RESET -> runner.reset(from, before.get());
    };
  }
}
