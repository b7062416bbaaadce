package dev.eddy.model.inference;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rebuilds what a network's cells carry of keys, by stepping their recent inputs through a model
 * version that has not seen them: {@link #begin} a key's state, {@link #add} its inputs, {@link
 * #end}; after {@link #step} its hidden state is that of a key whose past began with these inputs.
 * Predicts nothing. Keys are stepped together, in packed sequences like those of live observations,
 * and do not depend on each other. Confined to one thread; allocates only while it grows.
 */
public final class Rewarming {
  private final InputEncoder encoder;
  private final StepEngine engine;
  private final StateSwap swap;
  private final MicroBatch batch;
  private final int inputSize;
  private final int stateSize;
  private final int outputSize;
  private final double[] origin;
  private float[] encoded = new float[0]; // [slots, inputSize]
  private float[] hidden = new float[0]; // [keys, stateSize]
  private float[] outputs = new float[0]; // [slots, outputSize]

  Rewarming(InputEncoder encoder, StepEngine engine, StateSwap swap) {
    this.encoder = encoder;
    this.engine = engine;
    this.swap = swap;
    this.inputSize = encoder.inputSize();
    this.stateSize = encoder.spec().network().stateSize();
    this.outputSize = encoder.spec().network().outputSize();
    this.batch = new MicroBatch(inputSize);
    this.origin = new double[encoder.originSize()];
  }

  /** The state of a key of which no input is known before those to come. */
  public KeyState begin() {
    return swap.fresh();
  }

  /**
   * The state of a key before the first of its inputs.
   *
   * @param memory what was remembered of it then; not changed, not shared
   * @param before how that is laid out
   */
  public KeyState begin(KeyMemory memory, InputEncoder before) {
    KeyState state = swap.fresh();
    if (before.fits(memory)) {
      state.begin(encoder.moved(memory, before));
    }
    return state;
  }

  /** Adds a key's next input, which is not kept. */
  public void add(KeyState state, RawInput input) {
    int slot = batch.add(state, input);
    int needed = Math.multiplyExact(batch.slots(), inputSize);
    if (encoded.length < needed) {
      encoded = Arrays.copyOf(encoded, Math.max(needed, 2 * encoded.length));
    }
    encoder.encode(input, state.memory(), encoded, slot * inputSize, origin, 0);
  }

  /** Takes in what a record between two inputs told of the key's future. */
  public void tell(KeyState state, RawFuture future) {
    encoder.tell(future, state.memory());
  }

  /** Lets the key go on from an input that is older than the one before. */
  public void setBack(KeyState state, long time) {
    encoder.setBack(time, state.memory());
  }

  /**
   * Ends the inputs of a key: what it remembers, and its calibration, are those it has now, as far
   * as this version remembers the same.
   *
   * @param live its state under the version before; not changed, not shared
   * @param before how that is laid out; empty where nobody knows
   */
  public void end(KeyState state, KeyState live, Optional<InputEncoder> before) {
    before.ifPresent(
        known -> {
          if (known.fits(live.memory())) {
            encoder.takeOver(live.memory(), known, state.memory());
          }
          state.begin(swap.movedCalibration(live, known));
        });
  }

  /** Inputs that are yet to be stepped. */
  public int size() {
    return batch.slots();
  }

  /** Steps all that was added. A hidden state that is not finite begins anew. */
  public void step() {
    if (batch.slots() == 0) {
      return;
    }
    batch.pack();
    reserve();
    for (int slot = 0; slot < batch.slots(); slot++) {
      System.arraycopy(
          encoded,
          slot * inputSize,
          batch.packed().inputs(),
          batch.row(slot) * inputSize,
          inputSize);
    }
    for (int key = 0; key < batch.keys(); key++) {
      System.arraycopy(
          batch.state(key).hidden(), 0, hidden, batch.rank(key) * stateSize, stateSize);
    }
    engine.forward(batch.packed(), hidden, outputs);
    for (int key = 0; key < batch.keys(); key++) {
      store(batch.state(key), batch.rank(key) * stateSize);
    }
    batch.clear();
  }

  private void store(KeyState state, int at) {
    if (Finite.all(hidden, at, stateSize)) {
      System.arraycopy(hidden, at, state.hidden(), 0, stateSize);
    }
  }

  private void reserve() {
    int keys = Math.multiplyExact(batch.keys(), stateSize);
    if (hidden.length < keys) {
      hidden = new float[Math.max(keys, 2 * hidden.length)];
    }
    int rows = Math.multiplyExact(batch.slots(), outputSize);
    if (outputs.length < rows) {
      outputs = new float[Math.max(rows, 2 * outputs.length)];
    }
  }
}
