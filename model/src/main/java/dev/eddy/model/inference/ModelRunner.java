package dev.eddy.model.inference;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;

/**
 * Steps micro-batches of observations through one model version: stage with {@link #add}, {@link
 * #step} once, read each slot's {@link #prediction}, {@link #clear}. A key's prediction does not
 * depend on what else is in the batch.
 *
 * <p>An observation whose prediction or next state is not finite fails alone: its key's state stays
 * as before it, and the key's other observations, and all other keys', are as if it had never been.
 *
 * <p>Confined to one thread; reused from batch to batch; allocates only while it grows.
 */
public final class ModelRunner {
  private final InputEncoder encoder;
  private final PredictionHead head;
  private final StepEngine engine;
  private final StateSwap swap;
  private final MicroBatch batch;
  private final BatchArrays work;
  private final RowCoder rows;
  private final StateBackup backup;
  private final Rewarming rewarming;
  private final MemoryCopies copies = new MemoryCopies();
  private boolean stepped;

  /**
   * A runner of the model {@code spec} describes.
   *
   * @param engine steps that model's network; not closed by this runner
   */
  public ModelRunner(ModelSpec spec, StepEngine engine) {
    this.encoder = new InputEncoder(spec);
    this.head = new PredictionHead(spec.head());
    this.engine = engine;
    OnlineCalibration calibration = OnlineCalibration.of(spec).orElse(null);
    this.swap = new StateSwap(encoder, calibration);
    this.batch = new MicroBatch(encoder.inputSize());
    this.work =
        new BatchArrays(
            spec.network().stateSize(),
            spec.network().outputSize(),
            encoder.originSize(),
            head.size());
    this.rows = new RowCoder(encoder, head, calibration, batch, work, copies);
    this.backup = new StateBackup(fresh());
    this.rewarming = new Rewarming(encoder, engine, swap);
  }

  /** Moves keys over to this version by their recent inputs. */
  public Rewarming rewarming() {
    return rewarming;
  }

  /** The encoder of this version, to hand to the next version's {@link #carry}. */
  public InputEncoder encoder() {
    return encoder;
  }

  /** Numbers of a prediction. */
  public int predictionSize() {
    return head.size();
  }

  /** The state of a key before its first observation. */
  public KeyState fresh() {
    return swap.fresh();
  }

  /** Whether a key's hidden state is as large as this version's. */
  public boolean fits(KeyState state) {
    return swap.fits(state);
  }

  /**
   * Moves a key from the version before to this one, keeping its hidden state. Its memory and its
   * calibration are kept, as far as both versions remember the same.
   *
   * @param from the key's state under {@code before}; not changed, not shared
   * @throws IllegalArgumentException where the networks' states differ in meaning
   */
  public KeyState carry(KeyState from, InputEncoder before) {
    return swap.carry(from, before);
  }

  /**
   * Moves a key from the version before to this one with its hidden state zeroed. Its memory and
   * its calibration are kept, as far as both versions remember the same.
   *
   * @param from the key's state under {@code before}; not changed, not shared
   */
  public KeyState reset(KeyState from, InputEncoder before) {
    return swap.reset(from, before);
  }

  /**
   * Lets a key go on from an observation older than its last one, which is yet to be added; nothing
   * of the key may be staged.
   */
  public void setBack(KeyState state, long time) {
    swap.setBack(state, time);
  }

  /**
   * Stages one observation.
   *
   * @param state its key's; one object per key, staged as often as the key has observations
   * @param input held until {@link #clear}
   * @return its slot: 0, 1, 2 … in the order of the calls
   */
  public int add(KeyState state, RawInput input) {
    if (stepped) {
      throw new IllegalStateException("add: after step (must come after clear)");
    }
    swap.complete(state);
    return batch.add(state, input);
  }

  /**
   * Stages what a record without an observation tells of a key's future, after what was staged of
   * the key so far. It steps nothing and has no slot.
   *
   * @param state its key's, which has had an observation, be it staged
   * @param future held until {@link #clear}
   */
  public void tell(KeyState state, RawFuture future) {
    if (stepped) {
      throw new IllegalStateException("tell: after step (must come after clear)");
    }
    if (swap.isRemembered(state)) { // else its memory begins anew with its next observation
      batch.addFutureUpdate(state, future);
    }
  }

  /**
   * Takes in what a record without an observation tells of a key's future at once, while nothing of
   * the key is staged.
   *
   * @param state its key's, which has had an observation
   */
  public void tellNow(KeyState state, RawFuture future) {
    if (swap.isRemembered(state)) {
      encoder.tell(future, state.memory());
    }
  }

  /** Keeps a copy of what is remembered of a staged observation's key before it. */
  public void keepMemoryBefore(int slot) {
    copies.want(slot);
  }

  /** That copy, once it is stepped. */
  public KeyMemory memoryBefore(int slot) {
    return copies.of(slot);
  }

  /** Steps everything staged; afterwards every state has moved past its observations. */
  public void step() {
    if (batch.slots() == 0) {
      tellStaged(0, 0, false);
      return;
    }
    stepped = true;
    batch.pack();
    work.reserve(batch.slots());
    gather();
    engine.forward(batch.packed(), work.hidden, work.outputs);
    boolean allFinite = true;
    for (int slot = 0; slot < batch.slots(); slot++) {
      work.failed[slot] = !rows.decode(slot, batch.row(slot));
      allFinite &= !work.failed[slot];
    }
    scatter(allFinite);
  }

  /** Whether this observation got no prediction because a number was not finite. */
  public boolean failed(int slot) {
    return work.failed[slot];
  }

  /**
   * Copies a prediction out.
   *
   * @param values [predictionSize] receives [targets, horizons, quantiles], or probabilities
   */
  public void prediction(int slot, double[] values) {
    System.arraycopy(work.predictions, work.predictionAt(slot), values, 0, head.size());
  }

  /** The key's residual unit of a target when this observation was stepped. */
  public double unit(int slot, int target) {
    int perTarget = encoder.originSize() / encoder.spec().input().targets().size();
    return work.origins[work.originAt(slot) + (target + 1) * perTarget - 1];
  }

  /** Forgets the batch; slots count from 0 again. */
  public void clear() {
    batch.clear();
    copies.clear();
    stepped = false;
  }

  private void gather() {
    backup.reserve(batch.keys());
    for (int key = 0; key < batch.keys(); key++) {
      KeyState state = batch.state(key);
      backup.save(key, state);
      work.load(state, batch.rank(key));
    }
    int futureUpdate = 0;
    for (int slot = 0; slot < batch.slots(); slot++) {
      futureUpdate = tellStaged(futureUpdate, slot, false);
      rows.encode(slot, batch.row(slot));
    }
    tellStaged(futureUpdate, batch.slots(), false);
  }

  /**
   * Takes in the future updates from number {@code first} on that were staged before a slot;
   * returns the number of the next one.
   */
  private int tellStaged(int first, int slot, boolean ofBrokenKeysOnly) {
    int next = first;
    for (; next < batch.futureUpdates() && batch.slotAfter(next) <= slot; next++) {
      if (!ofBrokenKeysOnly || batch.isOfBrokenKey(next)) {
        tellNow(batch.futureUpdateState(next), batch.futureUpdate(next));
      }
    }
    return next;
  }

  private void scatter(boolean allFinite) {
    boolean broken = false;
    for (int key = 0; key < batch.keys(); key++) {
      int rank = batch.rank(key);
      if ((allFinite || !anyFailed(key)) && work.isHiddenFinite(rank)) {
        work.store(batch.state(key), rank);
      } else {
        batch.markBroken(key);
        broken = true;
      }
    }
    if (broken) {
      stepBrokenKeysAlone();
    }
  }

  private boolean anyFailed(int key) {
    for (int slot = 0; slot < batch.slots(); slot++) {
      if (work.failed[slot] && batch.key(slot) == key) {
        return true;
      }
    }
    return false;
  }

  /** Takes the broken keys back to where they were, and steps their observations one at a time. */
  private void stepBrokenKeysAlone() {
    for (int key = 0; key < batch.keys(); key++) {
      if (batch.isBroken(key)) {
        backup.restore(key, batch.state(key));
      }
    }
    batch.packOne();
    int futureUpdate = 0;
    for (int slot = 0; slot < batch.slots(); slot++) {
      futureUpdate = tellStaged(futureUpdate, slot, true);
      if (batch.isBroken(batch.key(slot))) {
        stepAlone(slot);
      }
    }
    tellStaged(futureUpdate, batch.slots(), true);
  }

  private void stepAlone(int slot) {
    int key = batch.key(slot);
    KeyState state = batch.state(key);
    backup.save(key, state);
    rows.encode(slot, 0);
    work.load(state, 0);
    engine.forward(batch.packed(), work.hidden, work.outputs);
    work.failed[slot] = !rows.decode(slot, 0) || !work.isHiddenFinite(0);
    if (work.failed[slot]) {
      backup.restore(key, state);
    } else {
      work.store(state, 0);
    }
  }
}
