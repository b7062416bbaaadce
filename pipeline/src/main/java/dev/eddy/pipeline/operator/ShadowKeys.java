package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a shadow makes of each key beside what serves it. A shadow's state of a key branches
 * off from what served the key, before the first observation that both step, as if the shadow were
 * to serve from then on; where it does later, the key goes on from that state. It is let go with
 * the key's first observation that has no shadow. Confined to one thread.
 */
final class ShadowKeys {
  private final ModelVersions versions;
  private final KeyedStates states;
  private final Rewarmer rewarmer;
  private int promoted;

  ShadowKeys(ModelVersions versions, KeyedStates states, Rewarmer rewarmer) {
    this.versions = versions;
    this.states = states;
    this.rewarmer = rewarmer;
  }

  /**
   * Reads what is kept of a key that was started; loads nothing that made it, for it may soon be
   * let go.
   */
  void start(BatchKey key) throws Exception {
    if (!key.wasShadowed) {
      return;
    }
    StoredKeyState stored = states.shadow(key.name);
    long time = key.clock.lastTime();
    Tenure known = versions.dueShadow(time).orElse(null);
    if (stored != null && known != null && !known.exact().equals(stored.model())) {
      known = versions.shadow(time).orElse(null); // what is due may be one that is refused again
    }
    if (stored != null && known != null && known.exact().equals(stored.model())) {
      key.shadow.start(stored.model(), stored.keyState());
      key.shadowed = known;
    }
  }

  /**
   * Says what an observation does with its key's shadow.
   *
   * @param shadow that steps it too; null for none
   * @param turn that serves it
   * @return whether everything before it must be stepped first
   */
  boolean admit(BatchEvent each, @Nullable Tenure shadow, Tenure turn) {
    Tenure before = each.key.shadowed;
    each.promotes = !each.afresh && before != null && before.exact().equals(turn.exact());
    boolean goesOn =
        each.afresh || shadow == null || (before != null && before.exact().equals(shadow.exact()));
    each.branch = goesOn ? null : shadow;
    each.key.shadowed = shadow;
    each.shadow.tenure = shadow == null ? BatchEvent.NONE : shadow.index();
    return each.promotes || each.branch != null;
  }

  /** A future update concerns whatever steps the key. */
  void admit(BatchEvent each, FutureUpdate update, boolean now) throws InterruptedException {
    Tenure shadow = each.key.shadowed;
    each.shadow.tenure = shadow == null || now ? BatchEvent.NONE : shadow.index();
    if (shadow != null && now) {
      tellNow(update, each.key, shadow.exact());
    }
  }

  /** Tells a key's shadow, of which nothing waits to be stepped; lets it go if it is refused. */
  private void tellNow(FutureUpdate update, BatchKey key, ExactModel made)
      throws InterruptedException {
    Optional<Tenure> due = versions.dueShadow(update.time()).filter(made(made));
    if (due.isEmpty() || versions.shadow(update.time()).filter(made(made)).isEmpty()) {
      key.shadowed = null;
      return;
    }
    ServingModel model = versions.model(made);
    model.runner().tellNow(key.shadow.there(), model.mapping().map(update.future()));
  }

  private static Predicate<Tenure> made(ExactModel model) {
    return tenure -> tenure.exact().equals(model);
  }

  /** Moves states that are to go on elsewhere, before anything of {@code events} is stepped. */
  void prepare(List<BatchEvent> events) throws Exception {
    boolean branching = false;
    for (BatchEvent each : events) {
      if (each.promotes) {
        each.key.champion.take(each.key.shadow);
        promoted++;
      }
      if (each.branch != null) {
        each.key.shadow.branch(each.key.champion);
        rewarmer.stage(each.key, each.key.shadow, each.branch);
        branching = true;
      }
    }
    if (branching) {
      enter(events);
    }
  }

  private void enter(List<BatchEvent> events) throws InterruptedException {
    for (BatchEvent each : events) {
      if (each.branch != null) {
        rewarmer.step(each.branch);
      }
    }
    for (BatchEvent each : events) {
      if (each.branch != null) {
        each.key.shadow.enter(false, each.branch, versions);
      }
    }
  }

  /** Stores what is kept of a key, which was written last, or lets it go. */
  void write(BatchKey key) throws Exception {
    if (key.shadowed != null) {
      states.writeShadow(
          key.name,
          new StoredKeyState(key.shadow.made(), key.clock.lastTime(), key.shadow.there()));
    } else if (key.wasShadowed) {
      states.forgetShadow(key.name);
    }
  }

  /** Keys whose shadow serves them since {@link #clear}, and that were not re-warmed for it. */
  int promoted() {
    return promoted;
  }

  /** Counts from 0 again. */
  void clear() {
    promoted = 0;
  }
}
