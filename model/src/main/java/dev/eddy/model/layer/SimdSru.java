package dev.eddy.model.layer;

import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.SruTraining;
import dev.eddy.model.kernel.simd.Sums;
import dev.eddy.model.kernel.simd.TrainingProduct;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An SRU on the vector kernels; between the products only what costs nothing walks over time. */
final class SimdSru extends SimdPass {
  private final float highwayScale;
  private final boolean projects;
  private final SruTraining kernel;
  private final float[] recurrentGradient; // [2 * width]
  private final float[] biasGradient; // [2 * width]
  private float[] recurrent = new float[0]; // [v_f | v_r]
  private float[] halfRecurrent = new float[0];
  private float[] cells = new float[0]; // c, from the initial one on; [rows + B, width]
  private float[] outputs = new float[0]; // h; [rows, width]
  private float[] cellGradient = new float[0]; // from the step after; [B, width]

  SimdSru(int inputs, int hidden, float highwayScale) {
    super(
        inputs,
        hidden,
        inputs == hidden ? new float[] {1, .5f, .5f} : new float[] {1, .5f, .5f, 1});
    this.highwayScale = highwayScale;
    this.projects = inputs != hidden;
    this.kernel = new SruTraining(width, blocks);
    this.recurrentGradient = new float[2 * width];
    this.biasGradient = new float[2 * width];
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    float[] v = HostValues.read(get(parameters, CellParameter.RECURRENT));
    recurrent = Panels.padBlocks(v, hidden, 1, 1);
    halfRecurrent = Panels.padBlocks(v, hidden, .5f, .5f);
    float[] gateBias =
        Panels.padBlocks(HostValues.read(get(parameters, CellParameter.BIAS)), hidden, .5f, .5f);
    bias = new float[stride];
    System.arraycopy(gateBias, 0, bias, width, 2 * width);
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    int rows = batch * steps;
    cells = grown(cells, (rows + batch) * width);
    outputs = grown(outputs, rows * width);
    initialise(cells, initial.get(CellLayer.CELL));
  }

  @Override
  void forward(int step) {
    int row = step * batch;
    int offset = row * stride;
    int before = row * width;
    kernel.activate(gates, offset, batch, halfRecurrent, cells, before);
    kernel.update(
        gates,
        offset,
        batch,
        cells,
        before,
        highway(),
        highwayOffset(row),
        highwayStride(),
        highwayScale,
        outputs,
        before);
    clearMasked(step, outputs, before);
    clearMasked(step, cells, before + batch * width);
  }

  private float[] highway() {
    return projects ? gates : x;
  }

  private int highwayOffset(int row) {
    return projects ? row * stride + 3 * width : row * inputWidth;
  }

  private int highwayStride() {
    return projects ? stride : inputWidth;
  }

  @Override
  float[] outputs() {
    return outputs;
  }

  @Override
  int outputsOffset() {
    return 0;
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(CellLayer.CELL, last(cells));
  }

  @Override
  void beginBackward() {
    cellGradient = grown(cellGradient, batch * width);
    Arrays.fill(cellGradient, 0, batch * width, 0f);
    Arrays.fill(recurrentGradient, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  @Override
  void backward(int step) {
    int row = step * batch;
    int offset = row * stride;
    int before = row * width;
    clearMasked(step, outputGradient, before);
    clearMasked(step, cellGradient, 0);
    kernel.backward(
        gates,
        offset,
        batch,
        recurrent,
        cells,
        before,
        highway(),
        highwayOffset(row),
        highwayStride(),
        highwayScale,
        outputGradient,
        before,
        cellGradient,
        projects ? gates : inputGradient,
        highwayOffset(row),
        highwayStride());
    Sums.add(gates, offset + width, stride, batch, 2 * width, biasGradient, 0);
    Sums.addProducts(
        gates, offset + width, stride, cells, before, batch, width, recurrentGradient, 0);
    Sums.addProducts(
        gates, offset + 2 * width, stride, cells, before, batch, width, recurrentGradient, width);
  }

  @Override
  void gradients(int firstStep, Map<String, INDArray> gradients) {
    HostValues.writeRows(
        recurrentGradient, 0, get(gradients, CellParameter.RECURRENT), hidden, width);
    HostValues.writeRows(biasGradient, 0, get(gradients, CellParameter.BIAS), hidden, width);
  }

  @Override
  void addToInputGradient(int firstStep, Panels transposed) {
    if (projects) {
      super.addToInputGradient(firstStep, transposed);
    } else {
      Arrays.fill(inputGradient, 0, firstStep * batch * inputWidth, 0f);
      TrainingProduct.multiply(
          gates,
          0,
          stride,
          batch * steps,
          transposed,
          inputGradient,
          0,
          inputWidth,
          inputGradient,
          0,
          inputWidth);
    }
  }
}
