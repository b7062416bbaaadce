package dev.eddy.benchmarks.work;

/**
 * Steps a micro-batch once per {@link #run}: hands the rows of the case over from a Java array,
 * steps, and reads what came out into a Java array. The state may stay wherever the engine likes it
 * best.
 */
public interface StepWork extends Work {
  /**
   * What the last run read: the head's outputs, [rows, 1], of an engine that has the head, else the
   * layer's, [rows, H].
   */
  float[] outputs();

  /** The state after the last run, [rows, stateSize], as {@code NetworkShape} lays it out. */
  float[] states();
}
