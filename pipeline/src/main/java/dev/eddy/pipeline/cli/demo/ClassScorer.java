package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.ClassScore;
import dev.eddy.model.inference.ClassScores;
import dev.eddy.model.training.Evaluation;
import dev.eddy.pipeline.cli.report.ConfusionPlot;
import dev.eddy.pipeline.cli.report.ForecastPlot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scores classes, and counts which label was answered for which. */
final class ClassScorer implements StreamScorer {
  private final HeldBack heldBack;
  private final List<String> labels;
  private final ClassScores scores;
  private final Map<String, Map<String, Long>> confusion = new TreeMap<>();

  /**
   * A scorer.
   *
   * @param labels in the model's order
   * @param majority the commonest label of what was not held back
   */
  ClassScorer(HeldBack heldBack, List<String> labels, String majority) {
    this.heldBack = heldBack;
    this.labels = labels;
    this.scores = new ClassScores(labels, majority);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction) {
    String key = observation.key();
    String label = observation.label();
    if (prediction == null || !heldBack.contains(key, observation.time())) {
      scores.pass(key, label);
      return;
    }
    scores.score(key, label, prediction.values());
    if (label != null) {
      confusion
          .computeIfAbsent(label, unknown -> new TreeMap<>())
          .merge(answer(prediction), 1L, Long::sum);
    }
  }

  private String answer(Prediction prediction) {
    int best = 0;
    for (int i = 1; i < labels.size(); i++) {
      best = prediction.values()[i] > prediction.values()[best] ? i : best;
    }
    return labels.get(best);
  }

  @Override
  public Evaluation evaluation() {
    return new Evaluation(
        List.of(),
        Stream.concat(scores.perKey().stream(), Stream.of(scores.pooled()))
            .map(ClassScorer::score)
            .toList());
  }

  private static Evaluation.ClassScore score(ClassScore score) {
    return new Evaluation.ClassScore(
        score.key(),
        score.count(),
        score.accuracy(),
        score.macroF1(),
        score.f1(),
        score.majorityAccuracy(),
        score.previousLabelAccuracy());
  }

  @Override
  public List<ForecastPlot> forecasts() {
    return List.of();
  }

  @Override
  public List<ConfusionPlot> confusions() {
    return List.of(new ConfusionPlot("Answers for each true label", labels, confusion));
  }
}
