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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Mean absolute errors of the first target's median in each part of a history, so that a recipe can
 * be chosen by the validation part. Means over keys.
 */
final class PartErrors {
  private final ModelSpec spec;
  private final Head.Forecast head;
  private final Parts parts;
  private final Map<Part, double[]> means; // [horizons] summed over keys
  private int keys;

  private PartErrors(ModelSpec spec, Parts parts) {
    this.spec = spec;
    this.head = (Head.Forecast) spec.head();
    this.parts = parts;
    this.means = zeros();
  }

  /** In words: of the network that was judged, then of the published one. */
  static String of(TrainingResult result, History history, TrainingSettings training)
      throws IOException {
    Parts parts = Parts.of(training.split(), history, training.seed());
    return "judged"
        + of(result.spec(), parts, result.judged(), history)
        + ", published"
        + of(result.spec(), parts, result.published(), history);
  }

  private static PartErrors of(ModelSpec spec, Parts parts, NetworkWeights weights, History history)
      throws IOException {
    PartErrors errors = new PartErrors(spec, parts);
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(EngineKind.AUTO), weights)) {
      ModelRunner runner = new ModelRunner(spec, engine);
      for (String key : history.keys()) {
        errors.add(runner, history.read(key));
      }
    }
    return errors;
  }

  private void add(ModelRunner runner, KeyHistory history) {
    ForecastTargets targets =
        new ForecastTargets(
            history, spec.input().targetIndex(0), head.horizons(), spec.input().interval());
    Map<Part, double[]> sums = zeros();
    Map<Part, double[]> counts = zeros();
    double[] prediction = new double[runner.predictionSize()];
    KeyState state = runner.fresh();
    for (int row = 0; row < history.length(); row++) {
      runner.add(state, history.inputs().get(row));
      runner.step();
      runner.prediction(0, prediction);
      runner.clear();
      for (int horizon = 0; horizon < head.horizons().size(); horizon++) {
        double actual = targets.actual(row, horizon);
        if (!Double.isNaN(actual)) {
          Part part = parts.of(history.key(), targets.time(row, horizon));
          int median = horizon * head.quantiles().size() + head.quantiles().indexOf(0.5);
          row(sums, part)[horizon] += Math.abs(actual - prediction[median]);
          row(counts, part)[horizon]++;
        }
      }
    }
    addMeans(sums, counts);
  }

  /** [horizons] for each part */
  private Map<Part, double[]> zeros() {
    Map<Part, double[]> zeros = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      zeros.put(part, new double[head.horizons().size()]);
    }
    return zeros;
  }

  private static double[] row(Map<Part, double[]> of, Part part) {
    return Objects.requireNonNull(of.get(part));
  }

  private void addMeans(Map<Part, double[]> sums, Map<Part, double[]> counts) {
    keys++;
    means.forEach(
        (part, sum) -> {
          for (int horizon = 0; horizon < sum.length; horizon++) {
            sum[horizon] += row(sums, part)[horizon] / row(counts, part)[horizon];
          }
        });
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    means.forEach(
        (part, sum) -> {
          double[] mean = Arrays.stream(sum).map(each -> each / keys).toArray();
          text.append(' ').append(part).append(' ').append(Arrays.toString(mean));
        });
    return text.toString();
  }
}
