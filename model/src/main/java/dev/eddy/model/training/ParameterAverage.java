package dev.eddy.model.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of a network's parameters over its latest updates, exponentially weighted (Polyak and
 * Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging"): it lies nearer to the
 * middle of the valley in which single updates jump about. The first updates count for less, so
 * that the parameters before the first one are soon forgotten.
 */
final class ParameterAverage {
  private final double decay;
  private final INDArray values; // [parameters]
  private final INDArray scaled; // [parameters] scratch
  private int updates;

  /**
   * An average that begins at {@code parameters}, which are copied.
   *
   * @param decay the share that an update leaves of the average, at most; 0: the latest update's
   *     parameters are the average
   */
  ParameterAverage(INDArray parameters, double decay) {
    this.decay = decay;
    this.values = parameters.dup();
    this.scaled = parameters.ulike();
  }

  /** Takes in the parameters after an update. */
  void add(INDArray parameters) {
    updates++;
    double kept = Math.min(decay, (updates - 1.0) / (updates + 9.0));
    values.muli(kept).addi(parameters.muli(1 - kept, scaled));
  }

  /** The average, changed by the next {@link #add}. */
  INDArray values() {
    return values;
  }
}
