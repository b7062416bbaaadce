package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.kernel.simd.SruPointwise;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * A layer of Simple Recurrent Units, Lei et al. 2018, arXiv:1709.02755v5: one product for all rows
 * of the packed sequence, every wave included. Every vector of units walks the waves right after
 * its product, chunk by chunk, while that is in the first cache.
 *
 * <p>The gates' weights are halved at packing: σ(x) = ½ · tanh(½ · x) + ½ needs no other factor
 * then, and halving is exact.
 */
final class SimdSruLayer implements SimdLayer {
  private static final float[] PLAIN_SCALES = {1f, 0.5f, 0.5f}; // c, f, r
  private static final float[] PROJECTED_SCALES = {1f, 0.5f, 0.5f, 1f}; // and the highway's x'

  private final PackedMatrix
      weight; // [D, c | f | r | (x') of some units | the same of the next | ..]
  private final SruPointwise pointwise;
  private final StateColumns cell;
  private final int inputs; // D
  private final int width; // H, padded
  private final boolean projected;

  SimdSruLayer(SruShape shape, LayerWeights weights) {
    int hidden = shape.units();
    this.projected = shape.projects();
    this.inputs = shape.inputs();
    this.width = Lanes.padded(hidden);
    this.weight = pack(shape, weights, projected ? PROJECTED_SCALES : PLAIN_SCALES);
    this.pointwise =
        new SruPointwise(
            weights.values(TensorShape.RECURRENT),
            hidden,
            projected ? 4 : 3,
            weights.values(TensorShape.HIGHWAY_SCALE)[0]);
    this.cell = StateColumns.of(weights, 0);
  }

  private static PackedMatrix pack(SruShape shape, LayerWeights weights, float[] scales) {
    int hidden = shape.units();
    float[] bias = new float[scales.length * hidden]; // only the gates have one
    System.arraycopy(weights.values(TensorShape.BIAS), 0, bias, hidden, 2 * hidden);
    return PackedMatrix.ofUnits(
        weights.values(TensorShape.WEIGHT), bias, shape.inputs(), hidden, scales);
  }

  /** Where the inputs themselves take the highway, whole vectors of them are read. */
  @Override
  public int inputWidth() {
    return projected ? inputs : width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void forward(
      PackedSequence sequence,
      float[] inputs,
      int inputStride,
      float[] hidden,
      Workspace workspace) {
    int rows = sequence.rows();
    cell.show(hidden, sequence.keys(), workspace.paddedCells, workspace.cells);
    if (rows == 1) {
      stepOne(inputs, workspace);
    } else {
      step(sequence, inputs, inputStride, workspace);
    }
    cell.restore(workspace.paddedCells, hidden, sequence.keys());
  }

  private void step(PackedSequence sequence, float[] inputs, int inputStride, Workspace workspace) {
    int rows = sequence.rows();
    float[] products = workspace.chunk;
    for (int unit = 0, panel = 0; unit < width; unit += Lanes.LENGTH, panel++) {
      int wave = 0;
      int waveStart = 0;
      for (int first = 0; first < rows; first += Workspace.CHUNK) {
        int end = Math.min(first + Workspace.CHUNK, rows);
        MatrixProduct.ofPanel(
            inputs, first * inputStride, inputStride, end - first, weight, panel, products, 0);
        int row = first;
        while (row < end) {
          int waveEnd = waveStart + sequence.batchSize(wave);
          int until = Math.min(end, waveEnd);
          update(inputs, inputStride, unit, first, row, until - row, row - waveStart, workspace);
          if (until == waveEnd) {
            waveStart = waveEnd;
            wave++;
          }
          row = until;
        }
      }
    }
  }

  /** The only row: all its units' products first, so that stepping them is one loop. */
  private void stepOne(float[] inputs, Workspace workspace) {
    float[] products = workspace.chunk;
    int panels = width / Lanes.LENGTH;
    workspace.cells.showUnits();
    for (int first = 0; first < panels; first += Workspace.CHUNK) {
      int count = Math.min(Workspace.CHUNK, panels - first);
      for (int i = 0; i < count; i++) {
        int to = i * weight.panelColumns;
        MatrixProduct.ofPanel(inputs, 0, 0, 1, weight, first + i, products, to);
      }
      int unit = first * Lanes.LENGTH;
      pointwise.update(
          products,
          0,
          count,
          unit,
          Lanes.LENGTH,
          workspace.cells,
          0,
          projected ? products : inputs,
          projected ? 3 * Lanes.LENGTH : unit,
          projected ? weight.panelColumns : Lanes.LENGTH,
          workspace.layerOutputs,
          unit,
          Lanes.LENGTH);
    }
  }

  private void update(
      float[] inputs,
      int inputStride,
      int unit,
      int first,
      int row,
      int rows,
      int key,
      Workspace workspace) {
    float[] products = workspace.chunk;
    int highway =
        projected
            ? (row - first) * weight.panelColumns + 3 * Lanes.LENGTH
            : row * inputStride + unit;
    pointwise.update(
        products,
        row - first,
        rows,
        unit,
        0,
        workspace.cells,
        key,
        projected ? products : inputs,
        highway,
        projected ? weight.panelColumns : inputStride,
        workspace.layerOutputs,
        row * width + unit,
        width);
  }
}
