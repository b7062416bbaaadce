package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.LstmTraining;
import dev.eddy.model.kernel.simd.training.Sums;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An LSTM on the vector kernels. */
final class SimdLstmPass extends SimdRecurrentPass {
  private static final float[] SCALES = {.5f, .5f, 1, .5f}; // i, f, g, o

  private final boolean peeps;
  private final LstmTraining kernel;
  private final Panels panels;
  private final Panels transposed;
  private final float[] peepholeGradient; // [3 * width]
  private float[] peephole; // [p_i | p_f | p_o]
  private float[] halfPeephole = new float[0];
  private float[] cells = new float[0]; // c, from the initial one on; [rows + B, width]
  private float[] squashed = new float[0]; // tanh(c); [rows, width]
  private float[] cellGradient = new float[0]; // from the step after; [B, width]

  SimdLstmPass(int inputs, int hidden, boolean peeps) {
    super(inputs, hidden, 4, SCALES);
    this.peeps = peeps;
    this.kernel = new LstmTraining(width);
    this.panels = new Panels(hidden, stride);
    this.transposed = new Panels(stride, width);
    this.peephole = new float[3 * width];
    this.peepholeGradient = new float[3 * width];
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    super.load(parameters);
    panels.pack(recurrent, 4 * hidden, hidden, 0, hidden, SCALES);
    bias =
        Panels.padBlocks(
            HostValues.read(NamedArrays.get(parameters, NamedArrays.BIAS)), hidden, SCALES);
    if (peeps) {
      float[] values = HostValues.read(NamedArrays.get(parameters, NamedArrays.PEEPHOLE));
      peephole = Panels.padBlocks(values, hidden, 1, 1, 1);
      halfPeephole = Panels.padBlocks(values, hidden, .5f, .5f, .5f);
    }
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    super.begin(initial);
    cells = grown(cells, stateRows(), width);
    squashed = grown(squashed, rows(), width);
    initialise(cells, initial.get(NamedArrays.CELL));
  }

  @Override
  void forward(int step) {
    int offset = step * batch * stride;
    int before = step * batch * width;
    int after = before + batch * width;
    TrainingProduct.multiply(
        outputs, before, width, batch, panels, gates, offset, stride, gates, offset, stride);
    if (peeps) {
      kernel.peep(gates, offset, batch, 0, halfPeephole, 0, cells, before);
      kernel.peep(gates, offset, batch, 1, halfPeephole, width, cells, before);
      kernel.activate(gates, offset, batch, false);
      kernel.updateCells(gates, offset, batch, cells, before);
      kernel.peep(gates, offset, batch, 3, halfPeephole, 2 * width, cells, after);
      kernel.activate(gates, offset, batch, true);
    } else {
      kernel.activate(gates, offset, batch);
      kernel.updateCells(gates, offset, batch, cells, before);
    }
    kernel.putOut(gates, offset, batch, cells, after, squashed, before, outputs, after);
    clearMasked(step, outputs, after);
    clearMasked(step, cells, after);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(NamedArrays.OUTPUT, last(outputs), NamedArrays.CELL, last(cells));
  }

  @Override
  void beginBackward() {
    super.beginBackward();
    transposed.packTransposed(recurrent, 4 * hidden, hidden, 0, hidden, 4);
    cellGradient = grown(cellGradient, batch, width);
    Arrays.fill(cellGradient, 0, batch * width, 0f);
    Arrays.fill(peepholeGradient, 0f);
  }

  @Override
  void backward(int step) {
    int offset = step * batch * stride;
    int before = step * batch * width;
    clearMasked(step, outputGradient, before);
    clearMasked(step, recurrentGradient, 0);
    clearMasked(step, cellGradient, 0);
    kernel.backward(
        gates,
        offset,
        batch,
        peephole,
        cells,
        before,
        squashed,
        before,
        outputGradient,
        before,
        recurrentGradient,
        cellGradient);
    Sums.add(gates, offset, stride, batch, stride, biasGradient, 0);
    if (peeps) {
      addPeepholeGradient(offset, 0, before, 0);
      addPeepholeGradient(offset, 1, before, 1);
      addPeepholeGradient(offset, 3, before + batch * width, 2);
    }
    TrainingProduct.multiply(
        gates, offset, stride, batch, transposed, zeros, 0, 0, recurrentGradient, 0, width);
  }

  private void addPeepholeGradient(int offset, int block, int cell, int peep) {
    Sums.addProducts(
        gates,
        offset + block * width,
        stride,
        cells,
        cell,
        batch,
        width,
        peepholeGradient,
        peep * width);
  }

  @Override
  void gradients(int firstStep, Map<String, INDArray> gradients) {
    super.gradients(firstStep, gradients);
    if (peeps) {
      HostValues.writeRows(
          peepholeGradient, 0, NamedArrays.get(gradients, NamedArrays.PEEPHOLE), hidden, width);
    }
  }
}
