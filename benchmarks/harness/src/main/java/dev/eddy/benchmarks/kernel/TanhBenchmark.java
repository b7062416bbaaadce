package dev.eddy.benchmarks.kernel;

import dev.eddy.model.kernel.simd.VectorTanh;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The activation, per number, beside the JVM's own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TanhBenchmark {
  private static final int SIZE = 4096; // fits the first cache

  private final float[] from = RandomFloats.uniform(SIZE, 4);
  private final float[] to = new float[SIZE];

  /** On vectors. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] vectors() {
    VectorTanh.apply(from, 0, to, 0, SIZE);
    return to;
  }

  /** {@link StrictMath#tanh}. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] strictMath() {
    for (int i = 0; i < SIZE; i++) {
      to[i] = (float) StrictMath.tanh(from[i]);
    }
    return to;
  }
}
