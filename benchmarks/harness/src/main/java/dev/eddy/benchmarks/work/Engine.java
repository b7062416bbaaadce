package dev.eddy.benchmarks.work;

/**
 * What is measured; found with {@link java.util.ServiceLoader} in the class path of its own JVM.
 * Constructing one links nothing that may be absent there.
 */
public interface Engine {
  /** As on the command line and in the results. */
  String name();

  /** Starts it, single-threaded, and says which version runs with which settings. */
  String describe();

  /**
   * Work that steps a micro-batch.
   *
   * @throws UnsupportedOperationException if the engine has no such cell
   */
  default StepWork step(StepCase step) {
    throw new UnsupportedOperationException("no steps");
  }

  /**
   * Work that multiplies two square matrices.
   *
   * @throws UnsupportedOperationException if the engine offers no product
   */
  default Work product(int size) {
    throw new UnsupportedOperationException("no product");
  }

  /**
   * Work that trains.
   *
   * @throws UnsupportedOperationException if the engine does not train such a cell
   */
  default TrainWork train(TrainCase training) {
    throw new UnsupportedOperationException("no training");
  }
}
