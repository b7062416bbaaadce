package dev.eddy.model.training;

import java.time.Duration;

/** Hears how far training is; called from the training thread. */
@FunctionalInterface
public interface TrainingProgress {
  /** Called a few times a second at most while a phase runs, and at its end. */
  void report(Report report);

  /** Hears nothing. */
  static TrainingProgress silent() {
    return report -> {};
  }

  /** What training is doing. */
  enum Phase {
    /** Fitting the input encoding and the baselines; counted in keys. */
    FIT_ENCODING,
    /** Encoding the history; counted in keys. */
    ENCODE,
    /** Training on the training part; counted in updates. */
    TRAIN,
    /** Measuring how far actuals lie outside the intervals; counted in keys. */
    CALIBRATE,
    /** Training once more, on training plus validation; counted in updates. */
    REFIT,
    /** Scoring the held-back part; counted in keys. */
    EVALUATE
  }

  /**
   * How far a phase is.
   *
   * @param phase what is being done
   * @param done of {@code total}
   * @param total what the phase counts; early stopping may end it before
   * @param remaining the estimated rest of this phase
   * @param trainingLoss the latest mean training loss; NaN outside training
   * @param validationLoss the latest loss on the validation part; NaN before the first
   */
  record Report(
      Phase phase,
      long done,
      long total,
      Duration remaining,
      double trainingLoss,
      double validationLoss) {}
}
