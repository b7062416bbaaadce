package dev.eddy.pipeline.evaluation.report;

/** A record of the evaluations topic. */
public sealed interface EvaluationRecord permits Scores, Drift {
  /** The version that it is about, {@code name@7}; the record's key. */
  String model();
}
