package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.simd.GatePointwise;
import dev.eddy.model.kernel.simd.GruPointwise;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.LstmPointwise;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.kernel.simd.Peepholes;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Optional;

/**
 * A layer whose gates see the h of the step before: LSTM or GRU. Every vector of units is stepped
 * right after its product, while that is in the first cache. A sequence of several waves has its
 * inputs multiplied for all of them at once, and h wave by wave over the keys that are still
 * active; the order of every sum is the same either way: bias, inputs, h.
 *
 * <p>Sigmoid gates' weights are halved at packing: σ(x) = ½ · tanh(½ · x) + ½ needs no other factor
 * then, and halving is exact.
 */
final class GatedLayer implements StackedLayer {
  private static final int GATES = 4;
  private static final int NONE = GATES;
  private static final float[] LSTM_SCALES = {0.5f, 0.5f, 1f, 0.5f}; // i, f, g, o
  private static final float[] GRU_SCALES = {0.5f, 0.5f, 1f, 1f}; // z, r, n, m
  private static final int INPUT_CANDIDATE = 2; // n
  private static final int RECURRENT_CANDIDATE = 3; // m

  private final PackedMatrix weight; // [D, gates of some units | gates of the next | ..]
  private final PackedMatrix recurrent; // [H, the same]
  private final GatePointwise pointwise;
  private final StateColumns outputState;
  private final StateColumns cellState;
  private final int width; // H, padded

  private GatedLayer(
      PackedMatrix weight,
      PackedMatrix recurrent,
      GatePointwise pointwise,
      StateColumns outputState,
      StateColumns cellState) {
    this.weight = weight;
    this.recurrent = recurrent;
    this.pointwise = pointwise;
    this.outputState = outputState;
    this.cellState = cellState;
    this.width = Lanes.padded(outputState.size());
  }

  /**
   * Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate, and peepholes
   * where the network has them.
   */
  static GatedLayer lstm(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    int hidden = shape.hiddenSize();
    int offset = layer * shape.layerStateSize();
    return new GatedLayer(
        inputProduct(weights, layer, LSTM_SCALES, NONE),
        recurrentProduct(weights, layer, LSTM_SCALES, NONE),
        new LstmPointwise(peepholes(weights, layer)),
        new StateColumns(offset, hidden, shape.stateSize()),
        new StateColumns(offset + hidden, hidden, shape.stateSize()));
  }

  /**
   * Gated Recurrent Units, Cho et al. 2014, arXiv:1406.1078v1, the reset gate acting after the
   * product with h, so that each wave needs one such product. Of its two candidate columns n is of
   * the inputs alone, m of h alone.
   */
  static GatedLayer gru(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    StateColumns outputs =
        new StateColumns(layer * shape.layerStateSize(), shape.hiddenSize(), shape.stateSize());
    return new GatedLayer(
        inputProduct(weights, layer, GRU_SCALES, RECURRENT_CANDIDATE),
        recurrentProduct(weights, layer, GRU_SCALES, INPUT_CANDIDATE),
        new GruPointwise(),
        outputs,
        outputs);
  }

  private static PackedMatrix inputProduct(
      NetworkWeights weights, int layer, float[] scales, int zeroGate) {
    return PackedMatrix.ofUnits(
        weights.values(WeightNames.weight(layer)),
        weights.values(WeightNames.bias(layer)),
        weights.shape().inputSize(layer),
        weights.shape().hiddenSize(),
        scales,
        zeroGate);
  }

  private static PackedMatrix recurrentProduct(
      NetworkWeights weights, int layer, float[] scales, int zeroGate) {
    int hidden = weights.shape().hiddenSize();
    return PackedMatrix.ofUnits(
        weights.values(WeightNames.recurrent(layer)),
        new float[GATES * hidden],
        hidden,
        hidden,
        scales,
        zeroGate);
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
    int keys = sequence.keys();
    outputState.show(hidden, keys, workspace.paddedOutputs, workspace.previous);
    cellState.show(hidden, keys, workspace.paddedCells, workspace.cells);
    float[] outputs = workspace.layerOutputs;
    if (sequence.waves() == 1) {
      workspace.outputs.set(outputs, 0, width);
      stepOnly(inputs, inputStride, keys, workspace);
    } else {
      MatrixProduct.ofRows(inputs, inputStride, sequence.rows(), weight, workspace.products);
      int row = 0;
      for (int wave = 0; wave < sequence.waves(); wave++) {
        workspace.outputs.set(outputs, row * width, width);
        step(row, sequence.batchSize(wave), workspace);
        workspace.previous.set(outputs, row * width, width);
        row += sequence.batchSize(wave);
      }
    }
    cellState.restore(workspace.paddedCells, hidden, keys);
    outputState.putLast(sequence, outputs, hidden);
  }

  /** The only wave: both products of a panel's units together. */
  private void stepOnly(float[] inputs, int inputStride, int batch, Workspace workspace) {
    float[] gates = workspace.chunk;
    int columns = weight.panelColumns;
    for (int unit = 0, panel = 0; unit < width; unit += Lanes.LENGTH, panel++) {
      for (int first = 0; first < batch; first += Workspace.CHUNK) {
        int rows = Math.min(Workspace.CHUNK, batch - first);
        MatrixProduct.ofPanel(inputs, first * inputStride, inputStride, rows, weight, panel, gates);
        MatrixProduct.addPanel(
            workspace.previous, first, rows, recurrent, panel, gates, 0, columns, gates);
        update(gates, rows, unit, first, workspace);
      }
    }
  }

  /** One wave of several, whose inputs have been multiplied. */
  private void step(int firstRow, int batch, Workspace workspace) {
    float[] gates = workspace.chunk;
    int columns = weight.panelColumns;
    for (int unit = 0, panel = 0; unit < width; unit += Lanes.LENGTH, panel++) {
      for (int first = 0; first < batch; first += Workspace.CHUNK) {
        int rows = Math.min(Workspace.CHUNK, batch - first);
        MatrixProduct.addPanel(
            workspace.previous,
            first,
            rows,
            recurrent,
            panel,
            workspace.products,
            (firstRow + first) * weight.columns + panel * columns,
            weight.columns,
            gates);
        update(gates, rows, unit, first, workspace);
      }
    }
  }

  private void update(float[] gates, int rows, int unit, int first, Workspace workspace) {
    pointwise.update(
        gates, rows, unit, first, workspace.previous, workspace.cells, workspace.outputs);
  }
}
