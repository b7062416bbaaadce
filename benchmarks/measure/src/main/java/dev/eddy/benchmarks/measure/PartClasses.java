package dev.eddy.benchmarks.measure;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.score.ClassTally;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.training.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Scores classes in each part of a history, so that a recipe can be chosen by the validation part.
 */
final class PartClasses {
  private final Parts parts;
  private final Map<Part, ClassTally> scores = new EnumMap<>(Part.class);

  private PartClasses(Parts parts, List<String> labels) {
    this.parts = parts;
    for (Part part : Part.values()) {
      scores.put(part, new ClassTally(labels, labels.get(0)));
    }
  }

  /** A line a part: of the network that was judged, then of the published one. */
  static List<String> of(TrainingResult result, History history, TrainingSettings training)
      throws IOException {
    List<String> lines = new ArrayList<>(of("judged", result.judged(), result, history, training));
    lines.addAll(of("published", result.published(), result, history, training));
    return lines;
  }

  private static List<String> of(
      String name,
      NetworkWeights weights,
      TrainingResult result,
      History history,
      TrainingSettings training)
      throws IOException {
    PartClasses classes =
        new PartClasses(
            Parts.of(training.split(), history, training.seed()),
            ((Head.Classes) result.spec().head()).labels());
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(EngineKind.AUTO), weights)) {
      ModelRunner runner = new ModelRunner(result.spec(), engine);
      for (String key : history.keys()) {
        classes.add(runner, history.read(key));
      }
    }
    List<String> lines = new ArrayList<>();
    classes.scores.forEach((part, tally) -> lines.add(name + ", " + part + " " + tally.pooled()));
    return lines;
  }

  private void add(ModelRunner runner, KeyHistory history) {
    double[] probabilities = new double[runner.predictionSize()];
    KeyState state = runner.fresh();
    for (int row = 0; row < history.length(); row++) {
      runner.add(state, history.inputs().get(row));
      runner.step();
      runner.prediction(0, probabilities);
      runner.clear();
      Part part = parts.of(history.key(), history.time(row));
      String label = history.labels()[row];
      scores.forEach(
          (each, tally) -> {
            if (each == part) {
              tally.score(history.key(), label, probabilities);
            } else {
              tally.pass(history.key(), label);
            }
          });
    }
  }
}
