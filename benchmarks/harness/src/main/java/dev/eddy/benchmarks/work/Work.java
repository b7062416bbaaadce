package dev.eddy.benchmarks.work;

/** Something that is timed, one {@link #run} at a time, always on the same thread. */
public interface Work extends AutoCloseable {
  /** Does it once. */
  void run();

  @Override
  default void close() {}
}
