package dev.eddy.benchmarks.worker;

import dev.eddy.benchmarks.work.Work;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH times inside a worker: whatever work is at hand. */
@State(Scope.Benchmark)
public class WorkBenchmark {
  /** The work at hand. */
  static volatile @Nullable Work atHand;

  private Work work = () -> {};

  /** Takes the work at hand. */
  @Setup
  public void take() {
    Work given = atHand;
    if (given != null) {
      work = given;
    }
  }

  /** Runs it. */
  @Benchmark
  public void run() {
    work.run();
  }
}
