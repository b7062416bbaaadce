package dev.eddy.model.training;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls from {@code first} to 0 along half a cosine (Loshchilov and Hutter
 * 2017, without restarts), then stays 0.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double first;
  private final int iterations;
  private final int begin;

  /**
   * A schedule over so many updates.
   *
   * @param first the rate of the first update
   * @param iterations updates until the rate is 0
   */
  public CosineSchedule(
      @JsonProperty("first") double first, @JsonProperty("iterations") int iterations) {
    this(first, iterations, 0);
  }

  /** The same, which begins after so many updates of a training before. */
  CosineSchedule(double first, int iterations, int begin) {
    this.first = first;
    this.iterations = iterations;
    this.begin = begin;
  }

  /** The rate of the first update; for writing JSON. */
  public double getFirst() {
    return first;
  }

  /** Updates until the rate is 0; for writing JSON. */
  public int getIterations() {
    return iterations;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double progress = Math.min(1, (double) (iteration - begin) / iterations);
    return first * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // immutable
  public ISchedule clone() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CosineSchedule that
        && first == that.first
        && iterations == that.iterations
        && begin == that.begin;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Double.hashCode(first) + iterations) + begin;
  }
}
