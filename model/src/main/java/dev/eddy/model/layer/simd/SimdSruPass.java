package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.SruTraining;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An SRU on the vector kernels; between the products only what costs nothing walks over time. */
final class SimdSruPass extends SimdPass {
  private final float highwayScale;
  private final boolean projects;
  private final SruTraining kernel;
  private final float[] vectorGradients; // of v_f, v_r, b_f, b_r; [4 * width]
  private float[] recurrent = new float[0]; // [v_f | v_r]
  private float[] halfRecurrent = new float[0];
  private float[] cells = new float[0]; // c, from the initial one on; [rows + B, width]
  private float[] outputs = new float[0]; // h; [rows, width]
  private float[] cellGradient = new float[0]; // from the step after; [B, width]
  private float[] unwanted = new float[0]; // the highway's gradient of a step; [B, width]

  SimdSruPass(int inputs, int hidden, float highwayScale) {
    super(
        inputs,
        hidden,
        inputs == hidden ? new float[] {1, .5f, .5f} : new float[] {1, .5f, .5f, 1});
    this.highwayScale = highwayScale;
    this.projects = inputs != hidden;
    this.kernel = new SruTraining(width, blocks);
    this.vectorGradients = new float[4 * width];
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    float[] v = HostValues.read(NamedArrays.get(parameters, NamedArrays.RECURRENT));
    recurrent = Panels.padBlocks(v, hidden, 1, 1);
    halfRecurrent = Panels.padBlocks(v, hidden, .5f, .5f);
    float[] gateBias =
        Panels.padBlocks(
            HostValues.read(NamedArrays.get(parameters, NamedArrays.BIAS)), hidden, .5f, .5f);
    bias = new float[stride];
    System.arraycopy(gateBias, 0, bias, width, 2 * width);
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    cells = grown(cells, stateRows(), width);
    outputs = grown(outputs, rows(), width);
    initialise(cells, initial.get(NamedArrays.CELL));
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
    return Map.of(NamedArrays.CELL, last(cells));
  }

  @Override
  void beginBackward() {
    cellGradient = grown(cellGradient, batch, width);
    unwanted = grown(unwanted, batch, width);
    Arrays.fill(cellGradient, 0, batch * width, 0f);
    Arrays.fill(vectorGradients, 0f);
  }

  @Override
  void backward(int step) {
    int row = step * batch;
    int offset = row * stride;
    int before = row * width;
    clearMasked(step, outputGradient, before);
    clearMasked(step, cellGradient, 0);
    boolean keeps = projects || wantsInputGradient;
    float[] highwayGradient = projects ? gates : keeps ? inputGradient : unwanted;
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
        highwayGradient,
        keeps ? highwayOffset(row) : 0,
        highwayStride(),
        vectorGradients);
  }

  @Override
  void gradients(int firstStep, Map<String, INDArray> gradients) {
    HostValues.writeRows(
        vectorGradients, 0, NamedArrays.get(gradients, NamedArrays.RECURRENT), hidden, width);
    HostValues.writeRows(
        vectorGradients, 2 * width, NamedArrays.get(gradients, NamedArrays.BIAS), hidden, width);
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
