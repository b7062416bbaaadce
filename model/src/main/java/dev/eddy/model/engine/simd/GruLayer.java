package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.simd.GruPointwise;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * A layer of Gated Recurrent Units, Cho et al. 2014, arXiv:1406.1078v1, the reset gate acting after
 * the product with h, so that each wave needs one such product. Products as in {@link LstmLayer},
 * whose columns are z | r | n | m: n of the inputs alone, m of h alone.
 */
final class GruLayer implements StackedLayer {
  private static final float[] SCALES = {0.5f, 0.5f, 1f, 1f}; // z, r, n, m

  private final PackedMatrix weight; // [D, z | r | n | 0]
  private final PackedMatrix recurrent; // [H, z | r | 0 | m]
  private final GruPointwise pointwise;
  private final StateColumns outputState;
  private final int width; // H, padded

  GruLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    int hidden = shape.hiddenSize();
    float[] bias = weights.values(WeightNames.bias(layer));
    float[] input = weights.values(WeightNames.weight(layer));
    float[] square = weights.values(WeightNames.recurrent(layer));
    int depth = shape.inputSize(layer);
    this.weight = PackedMatrix.of(widened(input, depth, hidden, 2), bias, depth, hidden, SCALES);
    this.recurrent =
        PackedMatrix.of(
            widened(square, hidden, hidden, 3), new float[4 * hidden], hidden, hidden, SCALES);
    this.width = Lanes.padded(hidden);
    this.pointwise = new GruPointwise(width);
    this.outputState = new StateColumns(layer * shape.layerStateSize(), hidden, shape.stateSize());
  }

  /** Of rows z | r | n rows of four blocks, the candidate's in the given one, the other zero. */
  private static float[] widened(float[] matrix, int depth, int hidden, int candidate) {
    float[] wide = new float[depth * 4 * hidden];
    for (int k = 0; k < depth; k++) {
      int from = k * 3 * hidden;
      int to = k * 4 * hidden;
      System.arraycopy(matrix, from, wide, to, 2 * hidden);
      System.arraycopy(matrix, from + 2 * hidden, wide, to + candidate * hidden, hidden);
    }
    return wide;
  }

  @Override
  public int productWidth() {
    return weight.columns;
  }

  @Override
  public void forward(
      PackedSequence sequence,
      float[] inputs,
      int inputStride,
      float[] hidden,
      Workspace workspace) {
    float[] gates = workspace.products;
    float[] previous = workspace.previous;
    MatrixProduct.ofRows(inputs, inputStride, sequence.rows(), weight, gates);
    outputState.gather(hidden, sequence.keys(), previous, width);
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      int offset = row * weight.columns;
      MatrixProduct.addRows(previous, width, batch, recurrent, gates, offset);
      pointwise.update(gates, offset, batch, previous);
      System.arraycopy(previous, 0, workspace.layerOutputs, row * width, batch * width);
      row += batch;
    }
    outputState.scatter(previous, width, hidden, sequence.keys());
  }
}
