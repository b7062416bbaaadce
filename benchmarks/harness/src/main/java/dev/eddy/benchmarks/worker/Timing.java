package dev.eddy.benchmarks.worker;

import dev.eddy.benchmarks.work.Work;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Times work with JMH inside this JVM: the parent alternates between JVMs that live on, which JMH's
 * own forks could not.
 */
final class Timing {
  private static final int WARM_WINDOW = 100; // milliseconds
  private static final int MOST_WARMING = 6000; // milliseconds
  private static final int STEADY_WINDOWS = 2;
  private static final double STEADY = 0.98;
  private static final int MOST_ATTEMPTS = 4;
  private static final double UNDISTURBED = 0.97; // share of a processor

  private Timing() {}

  static void useOneThread() {
    System.setProperty("jmh.executor", "CUSTOM");
    System.setProperty("jmh.executor.class", OneThread.class.getName());
    System.setProperty("jmh.ignoreLock", "true");
  }

  /**
   * Mean nanoseconds of a run over that time. Measured anew, a few times at most, where another
   * process had the processor meanwhile; the lowest counts then.
   */
  static double nanoseconds(Work work, int milliseconds) throws RunnerException {
    return leastDisturbed(
        () -> measure(work, 1, Math.max(10, milliseconds / 10), milliseconds),
        () -> WorkBenchmark.share);
  }

  /** Measures something once. */
  interface Measurement {
    double nanoseconds() throws RunnerException;
  }

  /**
   * The lowest of a few measurements, no more of them than until one was undisturbed.
   *
   * @param share of a processor that the last measurement had
   */
  static double leastDisturbed(Measurement measurement, DoubleSupplier share)
      throws RunnerException {
    double least = Double.MAX_VALUE;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      least = Math.min(least, measurement.nanoseconds());
      if (share.getAsDouble() >= UNDISTURBED) {
        break;
      }
    }
    return least;
  }

  /**
   * Runs until it gets no faster: code that the JVM still interprets is a hundred times slower.
   *
   * @param atLeast milliseconds
   */
  static double warm(Work work, int atLeast) throws RunnerException {
    double best = Double.MAX_VALUE;
    int steady = 0;
    for (int spent = 0; spent < MOST_WARMING; spent += WARM_WINDOW) {
      double found = measure(work, 0, 1, WARM_WINDOW);
      steady = found < best * STEADY ? 0 : steady + 1;
      best = Math.min(best, found);
      if (spent + WARM_WINDOW >= atLeast && steady >= STEADY_WINDOWS) {
        break;
      }
    }
    return best;
  }

  private static double measure(Work work, int warmups, int warmMilliseconds, int milliseconds)
      throws RunnerException {
    WorkBenchmark.atHand = work;
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(WorkBenchmark.class.getName() + "\\.run")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(0)
                    .threads(1)
                    .syncIterations(false)
                    .warmupIterations(warmups)
                    .warmupTime(TimeValue.milliseconds(warmMilliseconds))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(milliseconds))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    return results.iterator().next().getPrimaryResult().getScore();
  }
}
