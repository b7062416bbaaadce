package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
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

  /** Reads what is kept of a key that was started. */
  void start(BatchKey key) throws Exception {
    if (!key.wasShadowed) {
      return;
    }
    StoredKeyState stored = states.shadow(key.name);
    Tenure known = versions.shadow(key.clock.lastTime()).orElse(null);
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
  void admit(BatchEvent each, FutureUpdate update, boolean now) {
    Tenure shadow = each.key.shadowed;
    each.shadow.tenure = shadow == null || now ? BatchEvent.NONE : shadow.index();
    if (shadow != null && now) {
      ServingModel model = versions.model(shadow.exact());
      model.runner().tellNow(each.key.shadow.there(), model.mapping().map(update.future()));
    }
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
