package dev.eddy.pipeline.operator;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.Rewarming;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.RecentRecord;
import dev.eddy.pipeline.version.FeatureMapping;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
import java.util.Optional;

/**
 * Moves keys over to a version by leading them through their recent inputs, many keys at a time, so
 * many steps at once that what it takes stays bounded however many keys a micro-batch has. Confined
 * to one thread.
 */
final class Rewarmer {
  /** When so many steps wait, they are done. */
  private static final int STEPS = 4096;

  private final ModelVersions versions;
  private final KeyedStates states;
  private int keys;
  private long steps;

  Rewarmer(ModelVersions versions, KeyedStates states) {
    this.versions = versions;
    this.states = states;
  }

  /**
   * Stages a key that a version says is to be re-warmed; leaves any other alone.
   *
   * @param moved its state, of the version before
   * @param turn of the version, none of whose observations of the key was stepped yet
   */
  void stage(BatchKey key, SteppedState moved, Tenure turn) throws Exception {
    KeyState live = moved.state;
    ExactModel made = moved.model;
    if (live == null
        || made == null
        || made.equals(turn.exact())
        || versions.swap(made, turn) != SwapPolicy.REWARM) {
      return;
    }
    ServingModel model = versions.model(turn.exact());
    Rewarming rewarming = model.runner().rewarming();
    Optional<InputEncoder> before = versions.encoder(made);
    KeyState state = replayed(key.recent.read(states, key.name), model, rewarming);
    rewarming.end(state, live, before);
    moved.begunAnew |= before.isEmpty();
    moved.state = state;
    moved.model = turn.exact();
    key.changed = true;
    keys++;
    if (rewarming.size() >= STEPS) {
      rewarming.step();
    }
  }

  /** Steps what is staged for a version. */
  void step(Tenure turn) {
    versions.model(turn.exact()).runner().rewarming().step();
  }

  private KeyState replayed(List<RecentRecord> records, ServingModel model, Rewarming rewarming)
      throws InterruptedException {
    KeyState state = null;
    FeatureMapping mapping = model.mapping();
    for (RecentRecord record : records) {
      if (record instanceof RecentRecord.Begin begin) {
        state = state == null ? begun(begin, rewarming) : state;
      } else if (record instanceof RecentRecord.Fields fields) {
        mapping = model.mapping(fields);
      } else if (state != null && record instanceof RecentRecord.Input input) {
        add(state, input, mapping, rewarming);
      } else if (state != null && record instanceof RecentRecord.Told told) {
        rewarming.tell(state, mapping.map(told.future()));
      }
    }
    return state == null ? rewarming.begin() : state;
  }

  private KeyState begun(RecentRecord.Begin begin, Rewarming rewarming)
      throws InterruptedException {
    return versions
        .encoder(begin.model())
        .map(before -> rewarming.begin(begin.memory(), before))
        .orElseGet(rewarming::begin);
  }

  private void add(
      KeyState state, RecentRecord.Input input, FeatureMapping mapping, Rewarming rewarming) {
    if (input.setBack()) {
      rewarming.setBack(state, input.time());
    }
    rewarming.add(
        state, mapping.map(input.time(), input.numeric(), input.categories(), input.future()));
    steps++;
  }

  /** Keys that were re-warmed since {@link #clear}. */
  int keys() {
    return keys;
  }

  /** Observations that they were led through. */
  long steps() {
    return steps;
  }

  /** Counts from 0 again. */
  void clear() {
    keys = 0;
    steps = 0;
  }
}
