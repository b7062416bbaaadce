package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.LstmPointwise;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.kernel.simd.Peepholes;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Optional;

/**
 * A layer of Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate: one
 * product with the inputs of all rows, and, wave by wave, one with h over the keys that are still
 * active. Sigmoid gates' weights are halved at packing, as in {@link SruLayer}.
 */
final class LstmLayer implements StackedLayer {
  private static final float[] SCALES = {0.5f, 0.5f, 1f, 0.5f}; // i, f, g, o

  private final PackedMatrix weight; // [D, i | f | g | o]
  private final PackedMatrix recurrent; // [H, i | f | g | o]
  private final LstmPointwise pointwise;
  private final StateColumns outputState;
  private final StateColumns cellState;
  private final int width; // H, padded

  LstmLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    int hidden = shape.hiddenSize();
    float[] bias = weights.values(WeightNames.bias(layer));
    float[] input = weights.values(WeightNames.weight(layer));
    this.weight = PackedMatrix.of(input, bias, shape.inputSize(layer), hidden, SCALES);
    this.recurrent =
        PackedMatrix.of(
            weights.values(WeightNames.recurrent(layer)),
            new float[bias.length],
            hidden,
            hidden,
            SCALES);
    this.width = Lanes.padded(hidden);
    this.pointwise = new LstmPointwise(width, peepholes(weights, layer));
    int offset = layer * shape.layerStateSize();
    this.outputState = new StateColumns(offset, hidden, shape.stateSize());
    this.cellState = new StateColumns(offset + hidden, hidden, shape.stateSize());
  }

  private static Optional<Peepholes> peepholes(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    return shape.peephole()
        ? Optional.of(
            new Peepholes(weights.values(WeightNames.peephole(layer)), shape.hiddenSize()))
        : Optional.empty();
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
    float[] cells = workspace.cells;
    float[] previous = workspace.previous;
    int keys = sequence.keys();
    MatrixProduct.ofRows(inputs, inputStride, sequence.rows(), weight, gates);
    outputState.gather(hidden, keys, previous, width);
    cellState.gather(hidden, keys, cells, width);
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      int offset = row * weight.columns;
      MatrixProduct.addRows(previous, width, batch, recurrent, gates, offset);
      pointwise.update(gates, offset, batch, cells, previous);
      System.arraycopy(previous, 0, workspace.layerOutputs, row * width, batch * width);
      row += batch;
    }
    outputState.scatter(previous, width, hidden, keys);
    cellState.scatter(cells, width, hidden, keys);
  }
}
