package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.work.Work;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import java.util.Arrays;

/** Eddy's own product of two square matrices, the second one packed beforehand. */
final class PackedProduct implements Work {
  private final int size;
  private final float[] left; // [size, size]
  private final PackedMatrix right; // [size, size]
  private final float[] product; // [size, columns]

  PackedProduct(int size) {
    this.size = size;
    this.left = new float[size * size];
    Arrays.fill(left, 0.5f);
    this.right = PackedMatrix.of(left, new float[size], size, size, new float[] {1});
    this.product = new float[size * right.columns];
  }

  @Override
  public void run() {
    MatrixProduct.ofRows(left, size, size, right, product);
  }
}
