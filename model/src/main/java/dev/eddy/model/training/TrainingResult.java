package dev.eddy.model.training;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.spec.ModelSpec;
import java.util.List;
import java.util.Map;

/**
 * A trained model, ready to be published.
 *
 * @param spec all but the weights
 * @param published the weights to publish: refitted on training plus validation, if so set
 * @param judged the weights that {@code evaluation} judged, trained without the validation part
 * @param beside files for further training, by their names in the store
 * @param evaluation how well {@code judged} did on the test part; empty lists without one
 * @param summary how training went
 */
public record TrainingResult(
    ModelSpec spec,
    NetworkWeights published,
    NetworkWeights judged,
    Map<String, byte[]> beside,
    Evaluation evaluation,
    Summary summary) {

  /**
   * How training went.
   *
   * @param observations of the training part
   * @param updates made before training stopped, of all networks together
   * @param bestUpdates of each network the update after which its validation loss was lowest; its
   *     last one without a validation part
   * @param validationLoss the lowest, the mean over the networks; NaN without a validation part
   * @param seconds wall clock of the whole training
   */
  public record Summary(
      long observations,
      int updates,
      List<Integer> bestUpdates,
      double validationLoss,
      double seconds) {
    public Summary {
      bestUpdates = List.copyOf(bestUpdates);
    }
  }
}
