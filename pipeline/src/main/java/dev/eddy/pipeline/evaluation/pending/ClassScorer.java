package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import org.jspecify.annotations.Nullable;

/** Scores one version's classes beside the label that its key had before. */
final class ClassScorer {
  private static final double LEAST = 1e-7; // of a probability, as where versions are judged

  private final Classes shape;

  ClassScorer(Classes shape) {
    this.shape = shape;
  }

  /**
   * Scores one prediction.
   *
   * @param label what it turned out to be; one that the version does not know counts against it
   * @param before the key's label before; null where there was none
   */
  void score(String label, @Nullable String before, double[] probabilities, WindowSums sums) {
    String answer = shape.best(probabilities);
    int known = shape.labels().indexOf(label);
    int truth = known < 0 ? shape.labels().size() : known;
    double right = answer.equals(label) ? 1 : 0;
    double probability = known < 0 ? 0 : probabilities[known];
    sums.add(ClassFigure.COUNT, 1);
    sums.add(ClassFigure.RIGHT, right);
    sums.add(ClassFigure.LOG_LOSS, -StrictMath.log(Math.max(LEAST, probability)));
    sums.add(ClassFigure.PREVIOUS_RIGHT, label.equals(before) ? 1 : 0);
    sums.add(truth, ClassFigure.OCCURRED, 1);
    sums.add(shape.labels().indexOf(answer), ClassFigure.ANSWERED, 1);
    sums.add(truth, ClassFigure.HIT, right);
  }
}
