package dev.eddy.model.training;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.score.HorizonMatcher;
import dev.eddy.model.spec.Head;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a model does on keys that it has never seen, while they are new: a held-out series is cut
 * into pieces, each a key of its own.
 */
final class ColdStart {
  private final TrainingResult model;
  private final Head.Forecast head;
  private final int observations;
  private final double[] errors; // [horizons] sums over forecasts
  private final double[] persistence; // [horizons]

  /** Scores the forecasts after the first {@code observations} of a key. */
  ColdStart(TrainingResult model, int observations) {
    this.model = model;
    this.head = (Head.Forecast) model.spec().head();
    this.observations = observations;
    this.errors = new double[head.horizons().size()];
    this.persistence = new double[errors.length];
  }

  /** Scores a series in pieces of {@code rows}. */
  void add(KeyHistory series, int rows) {
    try (StepEngine engine =
        StepEngines.create(StepEngines.resolve(EngineKind.AUTO), model.judged())) {
      ModelRunner runner = new ModelRunner(model.spec(), engine);
      for (int from = 0; from + rows <= series.length(); from += rows) {
        addPiece(runner, series, from, from + rows);
      }
    }
  }

  private void addPiece(ModelRunner runner, KeyHistory series, int from, int to) {
    HorizonMatcher matcher =
        new HorizonMatcher(head.horizons(), model.spec().input().interval(), 2);
    int target = model.spec().input().targetIndex(0);
    KeyState state = runner.fresh();
    double[] prediction = new double[runner.predictionSize()];
    double[] joint = new double[2 * errors.length];
    double last = Double.NaN;
    for (int row = from; row < to; row++) {
      double actual = series.inputs().get(row).numeric()[target];
      last = Double.isNaN(actual) ? last : actual;
      matcher.observe(series.time(row), actual, this::matched);
      runner.add(state, series.inputs().get(row));
      runner.step();
      runner.prediction(0, prediction);
      runner.clear();
      boolean scored = row - from < observations;
      for (int horizon = 0; horizon < errors.length; horizon++) {
        int median = horizon * head.quantiles().size() + head.quantiles().indexOf(0.5);
        joint[2 * horizon] = prediction[median];
        joint[2 * horizon + 1] = scored ? last : Double.NaN;
      }
      matcher.forecast(joint);
    }
  }

  private void matched(
      int horizon, long originTime, long targetTime, double actual, double[] values, int offset) {
    if (!Double.isNaN(values[offset + 1])) {
      errors[horizon] += Math.abs(actual - values[offset]);
      persistence[horizon] += Math.abs(actual - values[offset + 1]);
    }
  }

  /** The mean absolute error over that of persistence, of each horizon. */
  double[] ratios() {
    return IntStream.range(0, errors.length).mapToDouble(h -> errors[h] / persistence[h]).toArray();
  }

  @Override
  public String toString() {
    return "over persistence, horizons " + head.horizons() + ": " + Arrays.toString(ratios());
  }
}
