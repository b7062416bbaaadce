package dev.eddy.pipeline.evaluation.report;

/**
 * The error of the version that serves has risen by more than chance.
 *
 * @param model the version
 * @param time the end of the window that showed it, epoch milliseconds
 * @param since the start of the first window of the rise
 * @param before geometric mean of the error over the naive one before it
 * @param after the same since
 * @param windows of the version that were looked at
 */
public record Drift(String model, long time, long since, double before, double after, long windows)
    implements EvaluationRecord {
  /** How much larger the relative error is: 0.3 for 30 %. */
  public double rise() {
    return after / before - 1;
  }
}
