package dev.eddy.model.engine.nd4j;

import dev.eddy.model.tensor.Tensor;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One gate's product with a batch. Each gate has a product of its own, and so a result in one
 * stretch of memory; one product for all gates would interleave them.
 */
final class Projection {
  private final INDArray weight; // [N, K], column after column

  private Projection(INDArray weight) {
    this.weight = weight;
  }

  /** Column block {@code block} of {@code blocks} of a row-major tensor [K, blocks * N]. */
  static Projection ofBlock(Tensor tensor, int blocks, int block) {
    int inputs = tensor.shape()[0];
    int columns = tensor.shape()[1];
    int units = columns / blocks;
    float[] values = new float[inputs * units]; // [K, N]
    for (int k = 0; k < inputs; k++) {
      System.arraycopy(tensor.values(), k * columns + block * units, values, k * units, units);
    }
    return new Projection(Nd4j.create(values, new long[] {units, inputs}, 'f'));
  }

  /** Every column block of such a tensor. */
  static Projection[] ofBlocks(Tensor tensor, int blocks) {
    return IntStream.range(0, blocks)
        .mapToObj(block -> ofBlock(tensor, blocks, block))
        .toArray(Projection[]::new);
  }

  /** Adds the product with {@code inputs} [K, rows] to {@code result} [N, rows]. */
  void addTo(INDArray result, INDArray inputs) {
    Nd4j.gemm(weight, inputs, result, false, false, 1, 1);
  }

  void close() {
    weight.close();
  }
}
