package dev.eddy.pipeline.operator;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.RecentRecord;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one distinct key of a micro-batch, and its state from reading to writing. Reused. */
final class BatchKey {
  String name = "";
  final KeyClock clock = new KeyClock();
  @Nullable ExactModel model; // null for a key never seen
  @Nullable ExactModel modelBefore; // the micro-batch; null for a key never seen
  long lastTimeBefore; // the micro-batch; Long.MIN_VALUE for a key never seen
  int partition; // of the last observation in order; StoredKeyState.NO_PARTITION for none
  boolean changed;
  int tenure; // of the last observation that is yet to be stepped; BatchEvent.NONE before one
  @Nullable KeyState state; // null for a key never seen
  int turn; // whose observations of the key were staged last; BatchEvent.NONE before one
  final RecentInputs recent;
  boolean begunAnew; // because nobody knows what its state meant, or it had another size

  /** Of an event that is not there yet. */
  static final BatchKey NOBODY =
      new BatchKey(new RecentInputs(0, new RecentRecord.Fields(List.of(), List.of())));

  BatchKey(RecentInputs recent) {
    this.recent = recent;
  }

  void start(String newName, @Nullable StoredKeyState stored, ModelVersions versions) {
    name = newName;
    changed = false;
    tenure = BatchEvent.NONE;
    turn = BatchEvent.NONE;
    begunAnew = false;
    recent.start(stored == null ? RecentMark.NONE : stored.recent());
    if (stored == null) {
      model = null;
      lastTimeBefore = Long.MIN_VALUE;
      partition = StoredKeyState.NO_PARTITION;
      clock.start();
      state = null;
    } else {
      model = versions.identify(stored.model());
      lastTimeBefore = stored.lastTime();
      partition = stored.partition();
      clock.start(stored);
      state = stored.keyState();
    }
    modelBefore = model;
  }

  /** The model that made the key's state, which has had an observation. */
  ExactModel made() {
    return Objects.requireNonNull(model);
  }

  /** What is to be stored of the key. */
  StoredKeyState stored() {
    return new StoredKeyState(
        made(),
        clock.lastTime(),
        clock.late(),
        clock.lateTime(),
        partition,
        recent.mark(),
        Objects.requireNonNull(state));
  }

  /**
   * Makes the key's state one that a version can step, and gives it that.
   *
   * @param startsAfresh whether what it remembers is forgotten
   * @param turn of the version
   */
  KeyState enter(boolean startsAfresh, Tenure turn, ModelVersions versions)
      throws InterruptedException {
    ExactModel next = turn.exact();
    ModelRunner runner = versions.model(next).runner();
    KeyState entered = state;
    if (entered == null || startsAfresh) {
      entered = runner.fresh();
    } else if (!next.equals(model)) {
      entered = swap(entered, made(), turn, versions, runner);
    } else if (!runner.fits(entered)) {
      entered = beginAnew(runner);
    }
    state = entered;
    model = next;
    return entered;
  }

  private KeyState swap(
      KeyState from, ExactModel made, Tenure to, ModelVersions versions, ModelRunner runner)
      throws InterruptedException {
    Optional<InputEncoder> before = versions.encoder(made);
    if (before.isEmpty() || from.hidden().length != before.get().spec().network().stateSize()) {
      return beginAnew(runner);
    }
    return switch (versions.swap(made, to)) {
      case REWARM, RESET -> runner.reset(from, before.get()); // re-warmed keys do not come here
      case CARRY -> runner.carry(from, before.get());
    };
  }

  private KeyState beginAnew(ModelRunner runner) {
    begunAnew = true;
    return runner.fresh();
  }
}
