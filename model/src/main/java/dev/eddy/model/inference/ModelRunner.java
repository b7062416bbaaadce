package dev.eddy.model.inference;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final NetworkShape network;
  private final MicroBatch batch;
  private final StateBackup backup;
  private final @Nullable OnlineCalibration calibration; // null: intervals stay as they are

  private float[] hidden = new float[0]; // [keys, stateSize] in packed order
  private float[] outputs = new float[0]; // [rows, outputSize] in packed order
  private float[] origins = new float[0]; // [slots, originSize]
  private double[] weights = new double[0]; // [slots] how much the outputs count
  private float[] predictions = new float[0]; // [slots, head size]
  private boolean[] failed = new boolean[0]; // [slots]
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
    this.network = spec.network();
    this.batch = new MicroBatch(encoder.inputSize());
    Optional<OnlineCalibration> found = OnlineCalibration.of(spec);
    this.calibration = found.orElse(null);
    this.backup = new StateBackup(fresh());
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
    return new KeyState(
        new float[network.stateSize()],
        encoder.freshStatistics(),
        encoder.freshMemory(),
        freshCalibration());
  }

  private CalibrationState freshCalibration() {
    return calibration == null ? CalibrationState.none() : calibration.fresh();
  }

  /** Whether {@link #carry} can take over hidden states of {@code before}. */
  public boolean canCarry(InputEncoder before) {
    return before.spec().network().sharesStateWith(network);
  }

  /**
   * Moves a key from the version before to this one, keeping its hidden state. Its encoder memory
   * and its calibration are kept where both versions lay them out alike, else begun anew.
   *
   * @param from the key's state under {@code before}; not changed, not shared
   * @throws IllegalArgumentException where the networks' states differ in meaning
   */
  public KeyState carry(KeyState from, InputEncoder before) {
    if (!canCarry(before)) {
      throw new IllegalArgumentException(
          "swap: carry from "
              + before.spec().network().summary()
              + " (must be "
              + network.summary()
              + ")");
    }
    return moved(from.hidden().clone(), from, before);
  }

  /**
   * Moves a key from the version before to this one with its hidden state zeroed. Its encoder
   * memory and its calibration are kept where both versions lay them out alike, else begun anew.
   *
   * @param from the key's state under {@code before}; not changed, not shared
   */
  public KeyState reset(KeyState from, InputEncoder before) {
    return moved(new float[network.stateSize()], from, before);
  }

  private KeyState moved(float[] newHidden, KeyState from, InputEncoder before) {
    boolean alike = encoder.layout().equals(before.layout()) && isRemembered(from);
    return new KeyState(
        newHidden,
        alike ? from.statistics().clone() : encoder.freshStatistics(),
        alike ? from.memory().clone() : encoder.freshMemory(),
        OnlineCalibration.sharesState(before.spec(), encoder.spec()) && isCalibrated(from)
            ? from.calibration().copy()
            : freshCalibration());
  }

  /** Whether the key's memory is laid out as here: not where an older version of Eddy stored it. */
  private boolean isRemembered(KeyState state) {
    return state.statistics().length == encoder.statisticsSize()
        && state.memory().length == encoder.memorySize();
  }

  private boolean isCalibrated(KeyState state) {
    return calibration == null
        || (state.calibration().clocks().length == calibration.clocksSize()
            && state.calibration().values().length == calibration.valuesSize());
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
    if (!isRemembered(state)) {
      state.begin(encoder.freshStatistics(), encoder.freshMemory());
    }
    if (!isCalibrated(state)) {
      state.begin(freshCalibration()); // stored before intervals were calibrated
    }
    return batch.add(state, input);
  }

  /**
   * Stages what is known of a key's future, after what was staged of the key so far. It steps
   * nothing and has no slot.
   *
   * @param state its key's, which has had an observation, be it staged
   * @param future held until {@link #clear}
   */
  public void tell(KeyState state, RawFuture future) {
    if (stepped) {
      throw new IllegalStateException("tell: after step (must come after clear)");
    }
    if (isRemembered(state)) { // else it begins anew with its next observation
      batch.addFutureUpdate(state, future);
    }
  }

  /**
   * Takes in what is known of a key's future at once, while nothing of the key is staged.
   *
   * @param state its key's, which has had an observation
   */
  public void tellNow(KeyState state, RawFuture future) {
    if (isRemembered(state)) {
      encoder.tell(future, state.statistics(), state.memory());
    }
  }

  /** Steps everything staged; afterwards every state has moved past its observations. */
  public void step() {
    if (batch.slots() == 0) {
      tell(0, 0, false);
      return;
    }
    stepped = true;
    batch.pack();
    grow();
    gather();
    engine.forward(batch.packed(), hidden, outputs);
    boolean allFinite = true;
    for (int slot = 0; slot < batch.slots(); slot++) {
      failed[slot] = !decode(slot, batch.row(slot));
      allFinite &= !failed[slot];
    }
    scatter(allFinite);
  }

  /** Whether this observation got no prediction because a number was not finite. */
  public boolean failed(int slot) {
    return failed[slot];
  }

  /**
   * Copies a prediction out.
   *
   * @param values [predictionSize] receives [targets, horizons, quantiles], or probabilities
   */
  public void prediction(int slot, float[] values) {
    System.arraycopy(predictions, slot * head.size(), values, 0, head.size());
  }

  /** The key's residual unit of a target when this observation was stepped. */
  public float unit(int slot, int target) {
    int perTarget = encoder.originSize() / encoder.spec().input().targets().size();
    return origins[slot * encoder.originSize() + (target + 1) * perTarget - 1];
  }

  /** Forgets the batch; slots count from 0 again. */
  public void clear() {
    batch.clear();
    stepped = false;
  }

  private void grow() {
    int slots = batch.slots();
    if (failed.length < slots) {
      int room = Math.max(slots, 2 * failed.length);
      hidden = new float[room * network.stateSize()];
      outputs = new float[room * network.outputSize()];
      origins = new float[room * encoder.originSize()];
      weights = new double[room];
      predictions = new float[room * head.size()];
      failed = new boolean[room];
    }
  }

  private void gather() {
    backup.reserve(batch.keys());
    for (int key = 0; key < batch.keys(); key++) {
      KeyState state = batch.state(key);
      backup.save(key, state);
      System.arraycopy(
          state.hidden(), 0, hidden, batch.rank(key) * network.stateSize(), network.stateSize());
    }
    int futureUpdate = 0;
    for (int slot = 0; slot < batch.slots(); slot++) {
      futureUpdate = tell(futureUpdate, slot, false);
      encode(slot, batch.row(slot));
    }
    tell(futureUpdate, batch.slots(), false);
  }

  /** Takes in the future updates from this one on that were staged before {@code slot}. */
  private int tell(int first, int slot, boolean brokenOnly) {
    int futureUpdate = first;
    for (;
        futureUpdate < batch.futureUpdates() && batch.slotAfter(futureUpdate) <= slot;
        futureUpdate++) {
      if (!brokenOnly || batch.isOfBrokenKey(futureUpdate)) {
        tellNow(batch.futureUpdateState(futureUpdate), batch.futureUpdate(futureUpdate));
      }
    }
    return futureUpdate;
  }

  private void encode(int slot, int row) {
    KeyState state = batch.state(batch.key(slot));
    encoder.encode(
        batch.input(slot),
        state.statistics(),
        state.memory(),
        batch.packed().inputs(),
        row * encoder.inputSize(),
        origins,
        slot * encoder.originSize());
    weights[slot] = head.weight(encoder.observations(state.statistics()));
  }

  /**
   * Decodes a row of the outputs into a slot's prediction; false where it is not finite. Called in
   * the order of a key's observations, because calibration learns from each before it is applied.
   */
  private boolean decode(int slot, int row) {
    int at = slot * head.size();
    int originAt = slot * encoder.originSize();
    int outputAt = row * network.outputSize();
    head.decode(outputs, outputAt, origins, originAt, weights[slot], predictions, at);
    if (calibration != null) {
      CalibrationState state = batch.state(batch.key(slot)).calibration();
      calibration.step(state, batch.input(slot), origins, originAt, predictions, at);
    }
    return Finite.all(outputs, outputAt, network.outputSize())
        && Finite.all(predictions, at, head.size());
  }

  private void scatter(boolean allFinite) {
    int size = network.stateSize();
    int broken = 0;
    for (int key = 0; key < batch.keys(); key++) {
      int at = batch.rank(key) * size;
      if ((allFinite || !anyFailed(key)) && Finite.all(hidden, at, size)) {
        System.arraycopy(hidden, at, batch.state(key).hidden(), 0, size);
      } else {
        batch.markBroken(key);
        broken++;
      }
    }
    if (broken > 0) {
      stepBrokenKeysAlone();
    }
  }

  private boolean anyFailed(int key) {
    for (int slot = 0; slot < batch.slots(); slot++) {
      if (failed[slot] && batch.key(slot) == key) {
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
      futureUpdate = tell(futureUpdate, slot, true);
      if (batch.isBroken(batch.key(slot))) {
        stepAlone(slot);
      }
    }
    tell(futureUpdate, batch.slots(), true);
  }

  private void stepAlone(int slot) {
    int key = batch.key(slot);
    KeyState state = batch.state(key);
    int size = network.stateSize();
    backup.save(key, state);
    encode(slot, 0);
    System.arraycopy(state.hidden(), 0, hidden, 0, size);
    engine.forward(batch.packed(), hidden, outputs);
    failed[slot] = !decode(slot, 0) || !Finite.all(hidden, 0, size);
    if (failed[slot]) {
      backup.restore(key, state);
    } else {
      System.arraycopy(hidden, 0, state.hidden(), 0, size);
    }
  }
}
