package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies of a network's tensors in native memory, in the order that products read fastest. */
final class Weights {
  private Weights() {}

  /** The tensor of that name as [rows, columns]; a vector is one row. */
  static INDArray matrix(NetworkWeights weights, String name) {
    Tensor tensor = weights.tensor(name);
    int[] shape = tensor.shape();
    int columns = shape[shape.length - 1];
    int rows = shape.length == 1 ? 1 : shape[0];
    INDArray rowMajor = Nd4j.create(tensor.values(), new long[] {rows, columns}, 'c');
    INDArray columnMajor = rowMajor.dup('f');
    rowMajor.close();
    return columnMajor;
  }
}
