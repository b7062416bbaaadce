package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.cli.report.Section;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores predictions beside what anyone could say without a model. The observations of a key come
 * in the order in which they were stepped, each with the prediction made after it. Confined to one
 * thread.
 */
public interface Judge {
  /**
   * A judge of the model {@code spec} describes.
   *
   * @param seasons that the history shows, of each target, whose naive forecasts are judged, too
   * @param keys those that will be scored; none for a judge without plots
   * @param majority the commonest label of what is not scored; asked only for classes
   */
  static Judge of(
      ModelSpec spec,
      Deployment deployment,
      List<List<Integer>> seasons,
      Collection<String> keys,
      Supplier<String> majority) {
    return spec.head() instanceof Head.Classes classes
        ? new ClassJudge(classes.labels(), majority.get(), keys, deployment.input().zone())
        : new ForecastJudge(
            ForecastCriteria.of(spec, deployment.training().naiveSeason(), seasons),
            deployment.input().features(),
            keys,
            HorizonNames.of(deployment),
            deployment.input().zone());
  }

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
