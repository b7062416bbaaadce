package dev.eddy.benchmarks.worker;

import dev.eddy.benchmarks.work.Work;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH times inside a worker: whatever work is at hand. */
@State(Scope.Benchmark)
public class WorkBenchmark {
  /** The work at hand. */
  static volatile @Nullable Work atHand;

  /** The share of a processor that the thread got in the last iteration. */
  static volatile double share;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Work work = () -> {};
  private long cpuBegin;
  private long wallBegin;

  /** Takes the work at hand. */
  @Setup
  public void take() {
    Work given = atHand;
    if (given != null) {
      work = given;
    }
  }

  /** Begins to watch how much of the processor the thread gets. */
  @Setup(Level.Iteration)
  public void begin() {
    cpuBegin = THREADS.getCurrentThreadCpuTime();
    wallBegin = System.nanoTime();
  }

  /** Ends watching. */
  @TearDown(Level.Iteration)
  public void end() {
    long wall = Math.max(1, System.nanoTime() - wallBegin);
    share = (double) (THREADS.getCurrentThreadCpuTime() - cpuBegin) / wall;
  }

  /** Runs it. */
  @Benchmark
  public void run() {
    work.run();
  }
}
