package dev.eddy.model.inference;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.spec.NetworkShape;
import org.jspecify.annotations.Nullable;

/** Begins the states of a model version's keys, and moves them over from the version before. */
final class StateSwap {
  private final NetworkShape network;
  private final int stateSize;
  private final InputEncoder encoder;
  private final @Nullable OnlineCalibration calibration; // null: intervals stay as they are

  StateSwap(InputEncoder encoder, @Nullable OnlineCalibration calibration) {
    this.network = encoder.spec().network();
    this.stateSize = network.stateSize();
    this.encoder = encoder;
    this.calibration = calibration;
  }

  /** The state of a key before its first observation. */
  KeyState fresh() {
    return new KeyState(new float[stateSize], encoder.fresh(), freshCalibration());
  }

  private CalibrationState freshCalibration() {
    return calibration == null ? CalibrationState.none() : calibration.fresh();
  }

  /** Whether a key's hidden state is as large as the network's. */
  boolean fits(KeyState state) {
    return state.hidden().length == stateSize;
  }

  KeyState carry(KeyState from, InputEncoder before) {
    NetworkShape networkBefore = before.spec().network();
    if (!networkBefore.sharesStateWith(network)) {
      throw new IllegalArgumentException(
          "swap: carry from " + networkBefore.summary() + " (must be " + network.summary() + ")");
    }
    return moved(from.hidden().clone(), from, before);
  }

  KeyState reset(KeyState from, InputEncoder before) {
    return moved(new float[stateSize], from, before);
  }

  private KeyState moved(float[] hidden, KeyState from, InputEncoder before) {
    return new KeyState(
        hidden,
        before.fits(from.memory()) ? encoder.moved(from.memory(), before) : encoder.fresh(),
        movedCalibration(from, before));
  }

  /** What calibration remembers of a key, as far as both versions remember the same. */
  CalibrationState movedCalibration(KeyState from, InputEncoder before) {
    CalibrationState moved = freshCalibration();
    if (calibration != null && OnlineCalibration.calibrates(before.spec())) {
      CalibrationMove move = new CalibrationMove(before.spec(), encoder.spec());
      if (move.fits(from.calibration())) {
        move.move(from.calibration(), moved);
      }
    }
    return moved;
  }

  /** Whether the key's memory is laid out as here: not where an older version of Eddy stored it. */
  boolean isRemembered(KeyState state) {
    return encoder.fits(state.memory());
  }

  private boolean isCalibrated(KeyState state) {
    return calibration == null || calibration.fits(state.calibration());
  }

  /**
   * Lets a key go on from a time before its last one. Its hidden state and what it remembers stay,
   * but for what waits for a time that is not to come.
   */
  void setBack(KeyState state, long time) {
    if (isRemembered(state)) {
      encoder.setBack(time, state.memory());
    }
    if (calibration != null && calibration.fits(state.calibration())) {
      calibration.setBack(state.calibration());
    }
  }

  /** Begins anew what an older version of Eddy stored in another layout, or not at all. */
  void complete(KeyState state) {
    if (!isRemembered(state)) {
      state.begin(encoder.fresh());
    }
    if (!isCalibrated(state)) {
      state.begin(freshCalibration());
    }
  }
}
