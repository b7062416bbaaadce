package dev.eddy.pipeline.evaluation.window;

import dev.eddy.connectors.event.PredictionShape;

/**
 * Whose scores are summed.
 *
 * @param shape of a version's predictions, which names it
 * @param shadow whether it served in the shadow of another
 */
public record Scored(PredictionShape shape, boolean shadow) implements Comparable<Scored> {
  @Override
  public int compareTo(Scored other) {
    int byModel = shape.model().compareTo(other.shape.model());
    int byShadow = byModel != 0 ? byModel : Boolean.compare(shadow, other.shadow);
    return byShadow != 0 ? byShadow : shape.toString().compareTo(other.shape.toString());
  }
}
