package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.ForecastScore;
import dev.eddy.model.inference.ForecastScores;
import dev.eddy.model.training.Evaluation;
import dev.eddy.pipeline.cli.report.ConfusionPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import dev.eddy.pipeline.job.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scores forecasts, and keeps the last ones of each key for its plot. */
final class ForecastScorer implements StreamScorer {
  /** As many points as a plot shows well. */
  private static final int MOST_POINTS = 400;

  private static final int MOST_PLOTS = 12;

  private final int target;
  private final String targetName;
  private final List<Integer> horizons;
  private final int quantiles;
  private final int median;
  private final int season;
  private final ForecastScores scores;
  private final Map<String, List<List<ForecastPlot.Point>>> points = new TreeMap<>();
  private String key = "";

  /**
   * A scorer for one deployment's forecasts.
   *
   * @param season of seasonal naive, in observations or intervals
   */
  ForecastScorer(Deployment deployment, HeldBack heldBack, int season) {
    this.season = season;
    targetName = deployment.input().target().orElseThrow();
    target = deployment.input().features().indexOf(targetName);
    horizons = deployment.model().horizons();
    quantiles = deployment.model().quantiles().size();
    median = deployment.model().quantiles().indexOf(0.5);
    scores =
        new ForecastScores(
            horizons,
            deployment.model().quantiles(),
            deployment.input().interval(),
            season,
            time -> heldBack.contains(key, time),
            this::matched);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction) {
    key = observation.key();
    scores.observe(key, observation.time(), observation.numeric()[target]);
    if (prediction != null) {
      scores.forecast(key, prediction.values());
    }
  }

  private void matched(
      int horizon, long origin, long time, float actual, float[] values, int offset) {
    List<List<ForecastPlot.Point>> ofKey = points.computeIfAbsent(key, unknown -> empty());
    List<ForecastPlot.Point> list = ofKey.get(horizon);
    list.add(
        new ForecastPlot.Point(
            time, actual, values[offset], values[offset + median], values[offset + quantiles - 1]));
    if (list.size() > 2 * MOST_POINTS) {
      list.subList(0, list.size() - MOST_POINTS).clear();
    }
  }

  private List<List<ForecastPlot.Point>> empty() {
    return Stream.generate(() -> (List<ForecastPlot.Point>) new ArrayList<ForecastPlot.Point>())
        .limit(horizons.size())
        .toList();
  }

  @Override
  public Evaluation evaluation() {
    return new Evaluation(
        Stream.concat(scores.perKey().stream(), scores.pooled().stream()).map(this::score).toList(),
        List.of());
  }

  private Evaluation.ForecastScore score(ForecastScore score) {
    boolean eighty = Math.abs(score.nominalCoverage() - 0.8) < 1e-6;
    return new Evaluation.ForecastScore(
        score.key(),
        score.horizon(),
        score.count(),
        score.mae(),
        score.persistenceMae(),
        season > 1 ? score.seasonalNaiveMae() : Double.NaN,
        eighty ? score.coverage() : Double.NaN);
  }

  @Override
  public List<ForecastPlot> forecasts() {
    List<ForecastPlot> plots = new ArrayList<>();
    points.forEach(
        (name, ofKey) -> {
          for (int horizon = 0; horizon < ofKey.size(); horizon++) {
            List<ForecastPlot.Point> list = ofKey.get(horizon);
            if (!list.isEmpty() && plots.size() < MOST_PLOTS) {
              String title = name + ", horizon " + horizons.get(horizon);
              plots.add(new ForecastPlot(title, targetName, last(list)));
            }
          }
        });
    return plots;
  }

  private static List<ForecastPlot.Point> last(List<ForecastPlot.Point> list) {
    return list.subList(Math.max(0, list.size() - MOST_POINTS), list.size());
  }

  @Override
  public List<ConfusionPlot> confusions() {
    return List.of();
  }
}
