package dev.eddy.benchmarks.kernel;

import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A packed product, [rows, hidden] · [hidden, 4 · hidden]. The numbers of rows reach every tile:
 * one row, a few, and full tiles with a rest.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
  @Param({"1", "3", "6", "64", "1024"})
  private int rows;

  @Param({"64", "128", "256"})
  private int hidden;

  private float[] inputs = {}; // [rows, hidden]
  private float[] products = {}; // [rows, columns]
  private PackedMatrix weight = PackedMatrix.of(new float[1], new float[1], 1, 1, new float[] {1});

  /** Packs a matrix. */
  @Setup
  public void pack() {
    inputs = RandomFloats.uniform(rows * hidden, 1);
    weight =
        PackedMatrix.of(
            RandomFloats.uniform(hidden * 4 * hidden, 1),
            RandomFloats.uniform(4 * hidden, 1),
            hidden,
            hidden,
            new float[] {1, 1, 1, 1});
    products = new float[rows * weight.columns];
  }

  /** Multiplies. */
  @Benchmark
  public float[] product() {
    MatrixProduct.ofRows(inputs, hidden, rows, weight, products);
    return products;
  }
}
