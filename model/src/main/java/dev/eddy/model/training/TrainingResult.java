package dev.eddy.model.training;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelSpec;

/**
 * A trained model, ready to be published.
 *
 * @param spec all but the weights
 * @param published the weights to publish: refitted on training plus validation, if so set
 * @param judged the weights that {@code evaluation} judged, trained without the validation part
 * @param networkZip the Deeplearning4j network of {@code published} with its updater, for further
 *     training
 * @param evaluation how well {@code judged} did on the test part; empty lists without one
 * @param summary how training went
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, from the trainer to the store
public record TrainingResult(
    ModelSpec spec,
    NetworkWeights published,
    NetworkWeights judged,
    byte[] networkZip,
    Evaluation evaluation,
    Summary summary) {

  /**
   * How training went.
   *
   * @param observations of the training part
   * @param updates made before training stopped
   * @param bestUpdate the update after which the validation loss was lowest; equals {@code updates}
   *     without a validation part
   * @param validationLoss the lowest; NaN without a validation part
   * @param seconds wall clock of the whole training
   */
  public record Summary(
      long observations, int updates, int bestUpdate, double validationLoss, double seconds) {}
}
