package dev.eddy.model.training;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.fit.HistoryRun;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.score.ClassTally;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Scores a model on the test part the way it serves: the same encoder, engine and head, each key
 * from its first observation on.
 */
final class Evaluator {
  private final ModelSpec spec;
  private final OptionalInt season;
  private final Parts parts;
  private final List<String> testKeys;
  private final History history;
  private final PhaseClock clock;

  /**
   * An evaluator.
   *
   * @param season of the seasonal naive forecasts that scale the MASE; empty: the shortest
   */
  Evaluator(
      ModelSpec spec, OptionalInt season, Parts parts, History history, TrainingProgress progress) {
    this.spec = spec;
    this.season = season;
    this.parts = parts;
    this.history = history;
    this.testKeys = history.keys().stream().filter(parts::mayTest).toList();
    this.clock = new PhaseClock(progress, TrainingProgress.Phase.EVALUATE, testKeys.size());
  }

  /** Receives what the model said after each observation, if it said anything. */
  private interface Listener {
    void stepped(KeyHistory history, int row, Optional<double[]> prediction);
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
    return spec.head() instanceof Head.Forecast
        ? forecasts(weights)
        : classes(weights, ((Head.Classes) spec.head()).labels(), labels);
  }

  private Evaluation forecasts(NetworkWeights weights) throws IOException {
    ForecastTally scores = new ForecastTally(ForecastCriteria.of(spec, season));
    int[] targets =
        IntStream.range(0, spec.input().targets().size()).map(spec.input()::targetIndex).toArray();
    double[] actuals = new double[targets.length];
    run(
        weights,
        (of, row, prediction) -> {
          for (int target = 0; target < targets.length; target++) {
            actuals[target] = of.inputs().get(row).numeric()[targets[target]];
          }
          long time = of.time(row);
          scores.observe(of.key(), time, actuals, parts.of(of.key(), time) == Part.TEST);
          prediction.ifPresent(found -> scores.forecast(of.key(), found));
        },
        scores::end);
    return Evaluation.of(scores);
  }

  private Evaluation classes(NetworkWeights weights, List<String> labels, Map<String, Long> counts)
      throws IOException {
    String majority =
        labels.stream()
            .max((a, b) -> Long.compare(counts.getOrDefault(a, 0L), counts.getOrDefault(b, 0L)))
            .orElseThrow();
    ClassTally scores = new ClassTally(labels, majority);
    run(
        weights,
        (of, row, prediction) -> {
          String label = of.labels()[row];
          if (prediction.isPresent() && parts.of(of.key(), of.time(row)) == Part.TEST) {
            scores.score(of.key(), label, prediction.get());
          } else {
            scores.pass(of.key(), label);
          }
        },
        key -> {});
    return Evaluation.of(scores);
  }

  private void run(NetworkWeights weights, Listener listener, Consumer<String> ended)
      throws IOException {
    EngineKind kind = StepEngines.resolve(EngineKind.AUTO);
    try (StepEngine engine = StepEngines.create(kind, weights)) {
      ModelRunner runner = new ModelRunner(spec, engine);
      double[] prediction = new double[runner.predictionSize()];
      HistoryRun run = new HistoryRun(runner);
      int done = 0;
      for (String key : testKeys) {
        KeyHistory of = history.read(key);
        run.step(
            of,
            of.length(),
            (row, slot) -> {
              if (runner.failed(slot)) {
                listener.stepped(of, row, Optional.empty());
              } else {
                runner.prediction(slot, prediction);
                listener.stepped(of, row, Optional.of(prediction));
              }
            });
        ended.accept(key);
        clock.done(++done);
      }
    }
  }
}
