package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.pipeline.cli.report.ForecastPlot.Point;
import dev.eddy.pipeline.cli.report.Section;
import dev.eddy.settings.UserMistake;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges forecasts, and gathers what their plots show. */
final class ForecastJudge implements Judge {
  private final ForecastCriteria scoring;
  private final int[] targets; // [targets] their places among the observations' features
  private final double[] actuals; // [targets]
  private final ForecastTally scores;
  private final ForecastPlots plots;
  private @Nullable PredictionShape alike; // the last one found to be what is scored

  /**
   * A judge.
   *
   * @param features the observations' numeric features
   * @param keys those that will be scored, for the choice of plots; none for no plots
   * @param names of the horizons
   * @param zone of the times that plots show
   */
  ForecastJudge(
      ForecastCriteria scoring,
      List<String> features,
      Collection<String> keys,
      HorizonNames names,
      ZoneId zone) {
    this.scoring = scoring;
    targets =
        scoring.targets().stream().mapToInt(target -> features.indexOf(target.name())).toArray();
    actuals = new double[targets.length];
    scores = new ForecastTally(scoring, this::scored);
    plots = new ForecastPlots(scoring, names, zone, keys);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction, boolean scored) {
    for (int target = 0; target < targets.length; target++) {
      actuals[target] = observation.numeric()[targets[target]];
    }
    scores.observe(observation.key(), observation.time(), actuals, scored);
    plots.observed(observation.key(), observation.time(), actuals);
    if (prediction != null) {
      requireAlike(prediction.shape());
      scores.forecast(observation.key(), prediction.values());
    }
  }

  /** Versions of one timeline may forecast other horizons, which cannot be scored together. */
  private void requireAlike(PredictionShape shape) {
    if (shape.equals(alike)) {
      return;
    }
    if (!(shape instanceof PredictionShape.Forecast forecast)
        || !isNames(forecast.targets())
        || !forecast.horizons().equals(scoring.horizons())
        || !forecast.quantiles().equals(scoring.quantiles())) {
      throw new UserMistake(
          "model "
              + shape.model()
              + ": other targets, horizons or quantiles than those of the newest version, "
              + names()
              + ", "
              + scoring.horizons()
              + " and "
              + scoring.quantiles()
              + " (must be the same to be scored together; name one version with --model)");
    }
    alike = shape;
  }

  /** Records do not name the only target. */
  private boolean isNames(List<String> found) {
    return found.equals(names()) || (found.equals(List.of("")) && names().size() == 1);
  }

  private List<String> names() {
    return scoring.targets().stream().map(ForecastCriteria.Target::name).toList();
  }

  @Override
  public void end(String key) {
    scores.end(key);
    plots.end(key, scores.mase(key));
  }

  private void scored(
      String key,
      int target,
      int horizon,
      long origin,
      long time,
      double actual,
      double[] values,
      int offset) {
    if (plots.mayShow(key)) {
      List<Double> quantiles = new ArrayList<>();
      for (int quantile = 0; quantile < scoring.quantiles().size(); quantile++) {
        quantiles.add(values[offset + quantile]);
      }
      double median = values[offset + scoring.median()];
      plots.scored(key, target, horizon, origin, new Point(time, actual, quantiles, median));
    }
  }

  @Override
  public Evaluation evaluation() {
    return Evaluation.of(scores);
  }

  @Override
  public List<Section> plots() {
    return plots.sections();
  }
}
