package dev.eddy.benchmarks.kernel;

import dev.eddy.benchmarks.eddy.EngineStep;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.Work;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.spec.CellType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole step of the {@code simd} engine over a micro-batch, one layer, head included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
  @Param({"sru", "lstm", "gru", "rnn"})
  private String cell = "";

  @Param({"64"})
  private int hidden;

  @Param({"1", "64", "256"})
  private int batch;

  private Work work = () -> {};

  /** Makes the engine. */
  @Setup
  public void create() {
    work = new EngineStep(EngineKind.SIMD, new StepCase(CellType.of(cell), hidden, batch));
  }

  /** Steps. */
  @Benchmark
  public void step() {
    work.run();
  }

  /** Lets go of it. */
  @TearDown
  public void close() {
    work.close();
  }
}
