package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.training.Evaluation;
import dev.eddy.pipeline.cli.report.ConfusionPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores the predictions of a stream beside what anyone could say without a model. Each key's
 * observations come in their order, each with the prediction made after it.
 */
interface StreamScorer {
  /**
   * Takes in an observation.
   *
   * @param prediction what the job said after it; null when it said nothing
   */
  void add(Observation observation, @Nullable Prediction prediction);

  /** The scores of what was held back. */
  Evaluation evaluation();

  /** Plots of forecasts; none when classes are scored. */
  List<ForecastPlot> forecasts();

  /** Tables of classes; none when forecasts are scored. */
  List<ConfusionPlot> confusions();
}
