package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.score.ClassTally;
import dev.eddy.model.score.Evaluation;
import dev.eddy.pipeline.cli.report.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges classes. */
final class ClassJudge implements Judge {
  private final ClassTally scores;

  /**
   * A judge.
   *
   * @param labels in the model's order
   * @param majority the commonest label of what is not scored
   */
  ClassJudge(List<String> labels, String majority) {
    this.scores = new ClassTally(labels, majority);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction, boolean scored) {
    if (prediction == null || !scored) {
      scores.pass(observation.key(), observation.label());
    } else {
      scores.score(observation.key(), observation.label(), prediction.values());
    }
  }

  @Override
  public void end(String key) {
    // A label before is all that is remembered of a key.
  }

  @Override
  public Evaluation evaluation() {
    return Evaluation.of(scores);
  }

  @Override
  public List<Section> plots() {
    return List.of();
  }
}
