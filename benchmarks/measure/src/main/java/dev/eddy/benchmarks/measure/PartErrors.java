package dev.eddy.benchmarks.measure;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.fit.ForecastTargets;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.training.TrainingResult;
import java.io.IOException;
import java.util.Arrays;

/**
 * Mean absolute errors of the first target's median in each part of a history, so that a recipe can
 * be chosen by the validation part. Means over keys.
 */
final class PartErrors {
  private final ModelSpec spec;
  private final Head.Forecast head;
  private final Parts parts;
  private final double[][] means; // [parts][horizons] summed over keys
  private int keys;

  private PartErrors(ModelSpec spec, Parts parts) {
    this.spec = spec;
    this.head = (Head.Forecast) spec.head();
    this.parts = parts;
    this.means = new double[Part.values().length][head.horizons().size()];
  }

  /** In words: of the network that was judged, then of the published one. */
  static String of(TrainingResult result, History history, TrainingSettings training)
      throws IOException {
    Parts parts = Parts.of(training.split(), history, training.seed());
    StringBuilder text = new StringBuilder();
    for (NetworkWeights weights : new NetworkWeights[] {result.judged(), result.published()}) {
      PartErrors errors = new PartErrors(result.spec(), parts);
      errors.measure(weights, history);
      text.append(weights == result.judged() ? "judged" : ", published").append(errors);
    }
    return text.toString();
  }

  private void measure(NetworkWeights weights, History history) throws IOException {
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(EngineKind.AUTO), weights)) {
      ModelRunner runner = new ModelRunner(spec, engine);
      for (String key : history.keys()) {
        add(runner, history.read(key));
      }
    }
  }

  private void add(ModelRunner runner, KeyHistory history) {
    ForecastTargets targets =
        new ForecastTargets(
            history, spec.input().targetIndex(0), head.horizons(), spec.input().interval());
    int horizons = head.horizons().size();
    double[][] sums = new double[means.length][horizons];
    long[][] counts = new long[means.length][horizons];
    float[] prediction = new float[runner.predictionSize()];
    KeyState state = runner.fresh();
    for (int row = 0; row < history.length(); row++) {
      runner.add(state, history.inputs().get(row));
      runner.step();
      runner.prediction(0, prediction);
      runner.clear();
      for (int horizon = 0; horizon < horizons; horizon++) {
        float actual = targets.actual(row, horizon);
        if (!Float.isNaN(actual)) {
          int part = parts.of(history.key(), targets.time(row, horizon)).ordinal();
          int median = horizon * head.quantiles().size() + head.quantiles().indexOf(0.5);
          sums[part][horizon] += Math.abs(actual - prediction[median]);
          counts[part][horizon]++;
        }
      }
    }
    addMeans(sums, counts);
  }

  private void addMeans(double[][] sums, long[][] counts) {
    keys++;
    for (int part = 0; part < sums.length; part++) {
      for (int horizon = 0; horizon < sums[part].length; horizon++) {
        means[part][horizon] += sums[part][horizon] / counts[part][horizon];
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Part part : Part.values()) {
      double[] ofPart = Arrays.stream(means[part.ordinal()]).map(sum -> sum / keys).toArray();
      text.append(' ').append(part).append(' ').append(Arrays.toString(ofPart));
    }
    return text.toString();
  }
}
