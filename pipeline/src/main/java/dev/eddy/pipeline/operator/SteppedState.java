package dev.eddy.pipeline.operator;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.Tenure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a key's state while it is stepped, by the version that serves or by its shadow, with the
 * model that made it. Reused.
 */
final class SteppedState {
  @Nullable ExactModel model; // null where there is no state
  @Nullable KeyState state; // null for a key never seen
  boolean begunAnew; // because nobody knows what its state meant, or it had another size

  /** There is none. */
  void clear() {
    model = null;
    state = null;
    begunAnew = false;
  }

  /** As it was stored. */
  void start(ExactModel made, KeyState stored) {
    model = made;
    state = stored;
    begunAnew = false;
  }

  /** The model that made the state, which is there. */
  ExactModel made() {
    return Objects.requireNonNull(model);
  }

  /** The state, which is there. */
  KeyState there() {
    return Objects.requireNonNull(state);
  }

  /** Goes on from another's state, which that one goes on from, too. */
  void branch(SteppedState from) {
    model = from.model;
    state = from.there().copy();
    begunAnew = false;
  }

  /** Goes on from another's state, which that one gives away. */
  void take(SteppedState from) {
    model = from.model;
    state = from.state;
    from.clear();
  }

  /**
   * Makes the state one that a version can step, and gives it that.
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
