package dev.eddy.benchmarks.work;

/** Makes one update per {@link #run}: forward, backward, Adam. */
public interface TrainWork extends Work {
  /** The loss before the last update: squared errors, mean over batch and outputs, sum over T. */
  double loss();
}
