package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.Evaluation;
import dev.eddy.model.inference.ForecastScores;
import dev.eddy.model.inference.ForecastScoring;
import dev.eddy.pipeline.cli.report.ConfusionPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scores forecasts, and keeps the last ones of each key for its plot. */
final class ForecastScorer implements Scorer {
  /** As many points as a plot shows well. */
  private static final int MOST_POINTS = 400;

  private static final int MOST_PLOTS = 12;

  private final ForecastScoring scoring;
  private final int[] targets; // [targets] their places among the observations' features
  private final float[] actuals; // [targets]
  private final ForecastScores scores;
  private final Map<String, List<List<ForecastPlot.Point>>> points = new TreeMap<>();

  /**
   * A scorer.
   *
   * @param features the observations' numeric features
   */
  ForecastScorer(ForecastScoring scoring, List<String> features) {
    this.scoring = scoring;
    targets =
        scoring.targets().stream().mapToInt(target -> features.indexOf(target.name())).toArray();
    actuals = new float[targets.length];
    scores = new ForecastScores(scoring, this::scored);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction, boolean scored) {
    for (int target = 0; target < targets.length; target++) {
      actuals[target] = observation.numeric()[targets[target]];
    }
    scores.observe(observation.key(), observation.time(), actuals, scored);
    if (prediction != null) {
      scores.forecast(observation.key(), prediction.values());
    }
  }

  @Override
  public void end(String key) {
    scores.end(key);
  }

  private void scored(
      String key,
      int target,
      int horizon,
      long origin,
      long time,
      float actual,
      float[] values,
      int offset) {
    List<List<ForecastPlot.Point>> ofKey = points.computeIfAbsent(key, unknown -> empty());
    List<ForecastPlot.Point> list = ofKey.get(target * scoring.horizons().size() + horizon);
    list.add(
        new ForecastPlot.Point(
            time,
            actual,
            values[offset],
            values[offset + scoring.median()],
            values[offset + scoring.quantiles().size() - 1]));
    if (list.size() > 2 * MOST_POINTS) {
      list.subList(0, list.size() - MOST_POINTS).clear();
    }
  }

  private List<List<ForecastPlot.Point>> empty() {
    return Stream.generate(() -> (List<ForecastPlot.Point>) new ArrayList<ForecastPlot.Point>())
        .limit((long) scoring.targets().size() * scoring.horizons().size())
        .toList();
  }

  @Override
  public Evaluation evaluation() {
    return Evaluation.of(scores);
  }

  @Override
  public List<ForecastPlot> forecasts() {
    List<ForecastPlot> plots = new ArrayList<>();
    points.forEach(
        (name, ofKey) -> {
          for (int column = 0; column < ofKey.size(); column++) {
            List<ForecastPlot.Point> list = ofKey.get(column);
            if (!list.isEmpty() && plots.size() < MOST_PLOTS) {
              String target = scoring.targets().get(column / scoring.horizons().size()).name();
              plots.add(new ForecastPlot(title(name, column, target), target, last(list)));
            }
          }
        });
    return plots;
  }

  private String title(String key, int column, String target) {
    return key
        + (scoring.targets().size() > 1 ? ", " + target : "")
        + ", horizon "
        + scoring.horizons().get(column % scoring.horizons().size());
  }

  private static List<ForecastPlot.Point> last(List<ForecastPlot.Point> list) {
    return list.subList(Math.max(0, list.size() - MOST_POINTS), list.size());
  }

  @Override
  public List<ConfusionPlot> confusions() {
    return List.of();
  }
}
