package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.score.Evaluation;
import dev.eddy.pipeline.cli.report.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores predictions beside what anyone could say without a model. The observations of a key come
 * in the order in which they were stepped, each with the prediction made after it. Confined to one
 * thread.
 */
public interface Judge {
  /**
   * Takes in an observation.
   *
   * @param prediction what was said after it; null where nothing was, or it is not to be scored
   * @param scored whether the observation belongs to the scored period
   */
  void add(Observation observation, @Nullable Prediction prediction, boolean scored);

  /** Nothing more of this key comes: what is remembered of it but its scores may go. */
  void end(String key);

  /** The scores. */
  Evaluation evaluation();

  /** The report's plots of single predictions, beside those that follow from the scores. */
  List<Section> plots();
}
