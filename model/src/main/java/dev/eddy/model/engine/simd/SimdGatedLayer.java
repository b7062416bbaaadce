package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.simd.GatePointwise;
import dev.eddy.model.kernel.simd.GateProduct;
import dev.eddy.model.kernel.simd.GruPointwise;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.LstmPointwise;
import dev.eddy.model.kernel.simd.PackedGates;
import dev.eddy.model.kernel.simd.Peepholes;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Optional;

/**
 * A layer whose gates see the h of the step before: LSTM or GRU. Every vector of units is stepped
 * right after its product, while that is in the first cache. A wave's product is that of its inputs
 * and of h together, which keeps the sums in registers; waves of few rows, at the end of a
 * sequence, have their inputs multiplied for all of them at once, which reads the weights once. The
 * order of every sum is the same either way: bias, inputs, h.
 *
 * <p>Sigmoid gates' weights are halved at packing: σ(x) = ½ · tanh(½ · x) + ½ needs no other factor
 * then, and halving is exact.
 */
final class SimdGatedLayer implements SimdLayer {
  /** Waves with fewer rows than a tile gain from a product of the inputs of all of them at once. */
  private static final int FEW_ROWS = 4;

  private static final float[] LSTM_SCALES = {0.5f, 0.5f, 1f, 0.5f}; // i, f, g, o
  private static final float[] GRU_SCALES = {0.5f, 0.5f, 1f, 1f}; // z, r, n, m

  private final PackedGates weights; // [D + H, gates]
  private final GatePointwise pointwise;
  private final StateColumns outputState;
  private final StateColumns cellState;
  private final int inputs; // D
  private final int width; // H, padded

  private SimdGatedLayer(
      LayerShape shape,
      PackedGates weights,
      GatePointwise pointwise,
      StateColumns outputState,
      StateColumns cellState) {
    this.weights = weights;
    this.pointwise = pointwise;
    this.outputState = outputState;
    this.cellState = cellState;
    this.inputs = shape.inputs();
    this.width = Lanes.padded(shape.units());
  }

  /**
   * Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate, and peepholes
   * where the network has them.
   */
  static SimdGatedLayer lstm(LstmShape shape, LayerWeights weights) {
    PackedGates gates =
        PackedGates.of(
            weights.values(TensorShape.WEIGHT),
            weights.values(TensorShape.RECURRENT),
            weights.values(TensorShape.BIAS),
            shape.inputs(),
            shape.units(),
            LSTM_SCALES);
    return new SimdGatedLayer(
        shape,
        gates,
        new LstmPointwise(peepholes(shape, weights)),
        StateColumns.of(weights, 0),
        StateColumns.of(weights, 1));
  }

  /**
   * Gated Recurrent Units, Cho et al. 2014, arXiv:1406.1078v1, the reset gate acting after the
   * product with h, so that each wave needs one such product. The candidate's two parts, n of the
   * inputs and m of h, are kept apart.
   */
  static SimdGatedLayer gru(GruShape shape, LayerWeights weights) {
    PackedGates gates =
        PackedGates.ofSplit(
            weights.values(TensorShape.WEIGHT),
            weights.values(TensorShape.RECURRENT),
            weights.values(TensorShape.BIAS),
            shape.inputs(),
            shape.units(),
            GRU_SCALES);
    StateColumns outputs = StateColumns.of(weights, 0);
    return new SimdGatedLayer(shape, gates, new GruPointwise(), outputs, outputs);
  }

  private static Optional<Peepholes> peepholes(LstmShape shape, LayerWeights weights) {
    return shape.peephole()
        ? Optional.of(new Peepholes(weights.values(TensorShape.PEEPHOLE), shape.units()))
        : Optional.empty();
  }

  @Override
  public int inputWidth() {
    return inputs;
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
    int keys = sequence.keys();
    outputState.show(hidden, keys, workspace.paddedOutputs, workspace.previous);
    cellState.show(hidden, keys, workspace.paddedCells, workspace.cells);
    float[] outputs = workspace.layerOutputs;
    int tail = firstOfTail(sequence);
    int tailRow = 0;
    float[] products = workspace.chunk;
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      if (wave == tail) {
        tailRow = row;
        int rows = sequence.rows() - row;
        int x = row * inputStride;
        products = workspace.products(rows, weights.columns);
        GateProduct.ofInputs(inputs, x, inputStride, rows, weights, products);
      }
      workspace.outputs.set(outputs, row * width, width);
      if (wave >= tail) {
        stepMultiplied(products, row - tailRow, batch, workspace);
      } else if (batch == 1) {
        stepOne(inputs, row * inputStride, workspace);
      } else {
        step(inputs, row * inputStride, inputStride, batch, workspace);
      }
      workspace.previous.set(outputs, row * width, width);
      row += batch;
    }
    cellState.restore(workspace.paddedCells, hidden, keys);
    outputState.putLast(sequence, outputs, hidden);
  }

  /** The first of two or more waves of few rows at the end of a sequence. */
  private static int firstOfTail(PackedSequence sequence) {
    int waves = sequence.waves();
    int first = waves;
    while (first > 0 && sequence.batchSize(first - 1) < FEW_ROWS) {
      first--;
    }
    return waves - first > 1 ? first : waves;
  }

  /** A wave: both products of a panel's units together. */
  private void step(
      float[] inputs, int inputOffset, int inputStride, int batch, Workspace workspace) {
    float[] gates = workspace.chunk;
    for (int unit = 0, panel = 0; unit < width; unit += Lanes.LENGTH, panel++) {
      for (int first = 0; first < batch; first += Workspace.CHUNK) {
        int rows = Math.min(Workspace.CHUNK, batch - first);
        int x = inputOffset + first * inputStride;
        GateProduct.ofPanel(
            inputs, x, inputStride, workspace.previous, first, rows, weights, panel, gates, 0);
        update(gates, rows, unit, 0, first, workspace);
      }
    }
  }

  /** A wave of few rows, which begins at a row of the product of the inputs. */
  private void stepMultiplied(float[] products, int productRow, int batch, Workspace workspace) {
    float[] gates = workspace.chunk;
    for (int unit = 0, panel = 0; unit < width; unit += Lanes.LENGTH, panel++) {
      GateProduct.addPanel(
          workspace.previous, 0, batch, weights, panel, products, productRow, gates, 0);
      update(gates, batch, unit, 0, 0, workspace);
    }
  }

  /** A wave of one row: all its units' products first, so that stepping them is one loop. */
  private void stepOne(float[] inputs, int inputOffset, Workspace workspace) {
    float[] gates = workspace.chunk;
    int panels = width / Lanes.LENGTH;
    workspace.previous.showUnits();
    workspace.cells.showUnits();
    workspace.outputs.showUnits();
    for (int first = 0; first < panels; first += Workspace.CHUNK) {
      int count = Math.min(Workspace.CHUNK, panels - first);
      for (int i = 0; i < count; i++) {
        int to = i * PackedGates.PANEL_COLUMNS;
        GateProduct.ofPanel(
            inputs, inputOffset, 0, workspace.previous, 0, 1, weights, first + i, gates, to);
      }
      update(gates, count, first * Lanes.LENGTH, Lanes.LENGTH, 0, workspace);
    }
  }

  private void update(
      float[] gates, int rows, int unit, int unitStep, int first, Workspace workspace) {
    pointwise.update(
        gates, rows, unit, unitStep, first, workspace.previous, workspace.cells, workspace.outputs);
  }
}
