package dev.eddy.model.inference;

import dev.eddy.model.encoding.InputEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Turns a micro-batch's observations into rows for the network, and its outputs into predictions.
 */
final class RowCoder {
  private final InputEncoder encoder;
  private final PredictionHead head;
  private final @Nullable OnlineCalibration calibration; // null: intervals stay as they are
  private final MicroBatch batch;
  private final BatchArrays work;
  private final MemoryCopies copies;

  RowCoder(
      InputEncoder encoder,
      PredictionHead head,
      @Nullable OnlineCalibration calibration,
      MicroBatch batch,
      BatchArrays work,
      MemoryCopies copies) {
    this.encoder = encoder;
    this.head = head;
    this.calibration = calibration;
    this.batch = batch;
    this.work = work;
    this.copies = copies;
  }

  /** Encodes a slot's observation into a row; its key's memory moves past it. */
  void encode(int slot, int row) {
    KeyState state = batch.state(batch.key(slot));
    copies.take(slot, state.memory());
    encoder.encode(
        batch.input(slot),
        state.memory(),
        batch.packed().inputs(),
        row * encoder.inputSize(),
        work.origins,
        work.originAt(slot));
    work.weights[slot] = head.weight(encoder.observations(state.memory()));
  }

  /**
   * Decodes a row of the outputs into a slot's prediction; false where it is not finite. Called in
   * the order of a key's observations, because calibration learns from each before it is applied.
   */
  boolean decode(int slot, int row) {
    int at = work.predictionAt(slot);
    int originAt = work.originAt(slot);
    head.decode(
        work.outputs,
        work.outputAt(row),
        work.origins,
        originAt,
        work.weights[slot],
        work.predictions,
        at);
    CalibrationState state = batch.state(batch.key(slot)).calibration();
    if (calibration != null) {
      calibration.step(state, batch.input(slot), work.origins, originAt, work.predictions, at);
    }
    head.round(work.origins, originAt, work.predictions, at);
    if (calibration != null) {
      calibration.follow(state, batch.input(slot), work.predictions, at);
    }
    return work.isPredictionFinite(slot, row);
  }
}
