package dev.eddy.model.training;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.inference.ClassScore;
import dev.eddy.model.inference.ClassScores;
import dev.eddy.model.inference.ForecastScore;
import dev.eddy.model.inference.ForecastScores;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.inference.RecurrentState;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scores a model on the test part the way it serves: the same encoder, engine and head, each key
 * from its first observation on.
 */
final class Evaluator {
  private static final int CHUNK = 256;

  private final ModelSpec spec;
  private final int season;
  private final Parts parts;
  private final List<String> testKeys;
  private final History history;
  private final PhaseClock clock;

  /**
   * An evaluator.
   *
   * @param season of seasonal naive, in observations or intervals
   */
  Evaluator(ModelSpec spec, int season, Parts parts, History history, TrainingProgress progress) {
    this.spec = spec;
    this.season = season;
    this.parts = parts;
    this.history = history;
    this.testKeys = history.keys().stream().filter(parts::mayTest).toList();
    this.clock = new PhaseClock(progress, TrainingProgress.Phase.EVALUATE, testKeys.size());
  }

  /** Receives what the model said after each observation. */
  private interface Listener {
    void predicted(KeyHistory history, int row, float[] prediction);
  }

  /**
   * The scores.
   *
   * @param labels of the training part with their counts; empty for a forecast
   */
  Evaluation evaluate(NetworkWeights weights, Map<String, Long> labels) throws IOException {
    if (testKeys.isEmpty()) {
      return Evaluation.none();
    }
    return spec.head() instanceof Head.Forecast forecast
        ? forecasts(weights, forecast)
        : classes(weights, ((Head.Classes) spec.head()).labels(), labels);
  }

  private Evaluation forecasts(NetworkWeights weights, Head.Forecast head) throws IOException {
    String[] key = new String[1]; // whose forecasts are being scored
    ForecastScores scores =
        new ForecastScores(
            head.horizons(),
            head.quantiles(),
            spec.input().interval(),
            season,
            time -> parts.of(key[0], time) == Part.TEST);
    int target = spec.input().targetIndex();
    run(
        weights,
        (of, row, prediction) -> {
          key[0] = of.key();
          scores.observe(of.key(), of.time(row), of.inputs().get(row).numeric()[target]);
          scores.forecast(of.key(), prediction);
        });
    return new Evaluation(
        Stream.concat(scores.perKey().stream(), scores.pooled().stream())
            .map(score -> of(score, head, season > 1))
            .toList(),
        List.of());
  }

  private Evaluation classes(NetworkWeights weights, List<String> labels, Map<String, Long> counts)
      throws IOException {
    String majority =
        labels.stream()
            .max((a, b) -> Long.compare(counts.getOrDefault(a, 0L), counts.getOrDefault(b, 0L)))
            .orElseThrow();
    ClassScores scores = new ClassScores(labels, majority);
    run(
        weights,
        (of, row, prediction) -> {
          String label = of.labels()[row];
          if (parts.of(of.key(), of.time(row)) == Part.TEST) {
            scores.score(of.key(), label, prediction);
          } else {
            scores.pass(of.key(), label);
          }
        });
    return new Evaluation(
        List.of(),
        Stream.concat(scores.perKey().stream(), Stream.of(scores.pooled()))
            .map(Evaluator::of)
            .toList());
  }

  private static Evaluation.ForecastScore of(
      ForecastScore score, Head.Forecast head, boolean seasonal) {
    List<Double> levels = head.quantiles();
    boolean eighty = levels.get(0) == 0.1 && levels.get(levels.size() - 1) == 0.9;
    return new Evaluation.ForecastScore(
        score.key(),
        score.horizon(),
        score.count(),
        score.mae(),
        score.persistenceMae(),
        seasonal ? score.seasonalNaiveMae() : Double.NaN,
        eighty ? score.coverage() : Double.NaN);
  }

  private static Evaluation.ClassScore of(ClassScore score) {
    return new Evaluation.ClassScore(
        score.key(),
        score.count(),
        score.accuracy(),
        score.macroF1(),
        score.f1(),
        score.majorityAccuracy(),
        score.previousLabelAccuracy());
  }

  private void run(NetworkWeights weights, Listener listener) throws IOException {
    EngineKind kind = StepEngines.resolve(EngineKind.AUTO);
    try (StepEngine engine = StepEngines.create(kind, weights)) {
      ModelRunner runner = new ModelRunner(spec, engine);
      float[] prediction = new float[runner.predictionSize()];
      int done = 0;
      for (String key : testKeys) {
        KeyHistory of = history.read(key);
        RecurrentState state = runner.fresh();
        for (int from = 0; from < of.length(); from += CHUNK) {
          int to = Math.min(of.length(), from + CHUNK);
          for (int row = from; row < to; row++) {
            runner.add(state, of.inputs().get(row));
          }
          runner.step();
          for (int row = from; row < to; row++) {
            runner.prediction(row - from, prediction);
            listener.predicted(of, row, prediction);
          }
          runner.clear();
        }
        clock.done(++done);
      }
    }
  }
}
