package dev.eddy.model.inference;

import dev.eddy.model.encoding.KeyMemory;

/**
 * Holds all that a model remembers of one key between its observations, as flat arrays so that it
 * can be stored without knowing the model. Mutable; owned by whoever steps it.
 */
public final class KeyState {
  private final float[] hidden;
  private KeyMemory memory;
  private CalibrationState calibration;

  /**
   * Where a runner has staged this state; true only while that runner's list agrees. It spares the
   * runner a hash of every state in every micro-batch.
   */
  int stagedAt;

  /**
   * Wraps its parts without copying them.
   *
   * @param hidden [stateSize] what the network's cells carry, all layers concatenated
   * @param memory what the encoder remembers of the key's inputs
   * @param calibration what calibration of the key's intervals remembers
   */
  public KeyState(float[] hidden, KeyMemory memory, CalibrationState calibration) {
    this.hidden = hidden;
    this.memory = memory;
    this.calibration = calibration;
  }

  /** [stateSize] what the network's cells carry, all layers concatenated; not a copy. */
  public float[] hidden() {
    return hidden;
  }

  /** What the encoder remembers of the key's inputs; not a copy. */
  public KeyMemory memory() {
    return memory;
  }

  /** What calibration of the key's intervals remembers; not a copy. */
  public CalibrationState calibration() {
    return calibration;
  }

  /** Begins what is remembered of the key's inputs. */
  void begin(KeyMemory fresh) {
    memory = fresh;
  }

  /** Begins the calibration of the key's intervals. */
  void begin(CalibrationState fresh) {
    calibration = fresh;
  }

  /** A copy that shares no array with this. */
  public KeyState copy() {
    return new KeyState(hidden.clone(), memory.copy(), calibration.copy());
  }
}
