package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.kernel.simd.SruPointwise;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * A layer of Simple Recurrent Units, Lei et al. 2018, arXiv:1709.02755v5: one product for all rows
 * of the packed sequence, then the pointwise part wave by wave.
 *
 * <p>The gates' weights are halved at packing: σ(x) = ½ · tanh(½ · x) + ½ needs no other factor
 * then, and halving is exact.
 */
final class SruLayer implements StackedLayer {
  private static final float[] PLAIN_SCALES = {1f, 0.5f, 0.5f}; // c, f, r
  private static final float[] PROJECTED_SCALES = {1f, 0.5f, 0.5f, 1f}; // and the highway's x'

  private final PackedMatrix weight; // [D, c | f | r | (x')]
  private final SruPointwise pointwise;
  private final StateColumns cell;
  private final int width; // H, padded
  private final boolean projected;

  SruLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    int hidden = shape.hiddenSize();
    this.projected = WeightShapes.sruBlocks(shape, layer) == 4;
    this.width = Lanes.padded(hidden);
    this.weight = pack(weights, layer, projected ? PROJECTED_SCALES : PLAIN_SCALES);
    this.pointwise =
        new SruPointwise(
            weights.values(WeightNames.recurrent(layer)),
            hidden,
            weight.columns,
            weights.values(WeightNames.highwayScale(layer))[0]);
    this.cell = new StateColumns(layer * shape.layerStateSize(), hidden, shape.stateSize());
  }

  private static PackedMatrix pack(NetworkWeights weights, int layer, float[] scales) {
    int hidden = weights.shape().hiddenSize();
    float[] bias = new float[scales.length * hidden]; // only the gates have one
    System.arraycopy(weights.values(WeightNames.bias(layer)), 0, bias, hidden, 2 * hidden);
    return PackedMatrix.of(
        weights.values(WeightNames.weight(layer)),
        bias,
        weights.shape().inputSize(layer),
        hidden,
        scales);
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
    float[] products = workspace.products;
    float[] cells = workspace.cells;
    MatrixProduct.ofRows(inputs, inputStride, sequence.rows(), weight, products);
    cell.gather(hidden, sequence.keys(), cells, width);
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      pointwise.activate(products, row, batch, cells);
      if (projected) {
        int highway = row * weight.columns + 3 * width;
        pointwise.update(
            products, row, batch, cells, products, highway, weight.columns, workspace.layerOutputs);
      } else {
        pointwise.update(
            products,
            row,
            batch,
            cells,
            inputs,
            row * inputStride,
            inputStride,
            workspace.layerOutputs);
      }
      row += batch;
    }
    cell.scatter(cells, width, hidden, sequence.keys());
  }
}
