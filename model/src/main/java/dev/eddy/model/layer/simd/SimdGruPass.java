package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.GruTraining;
import dev.eddy.model.kernel.simd.training.Sums;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A GRU on the vector kernels. */
final class SimdGruPass extends SimdRecurrentPass {
  private final GruTraining kernel;
  private final Panels gatePanels; // R_z, R_r
  private final Panels innerPanels; // R_n
  private final Panels gateTransposed;
  private final Panels innerTransposed;
  private float[] innerBias = new float[0]; // b_m
  private float[] inner = new float[0]; // h·R_n + b_m, and its gradient; [rows, width]

  SimdGruPass(int inputs, int hidden) {
    super(inputs, hidden, 4, .5f, .5f, 1);
    this.kernel = new GruTraining(width);
    this.gatePanels = new Panels(hidden, 2 * width);
    this.innerPanels = new Panels(hidden, width);
    this.gateTransposed = new Panels(2 * width, width);
    this.innerTransposed = new Panels(width, width);
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    super.load(parameters);
    gatePanels.pack(recurrent, 3 * hidden, hidden, 0, hidden, .5f, .5f);
    innerPanels.pack(recurrent, 3 * hidden, hidden, 2, hidden, 1);
    float[] values = HostValues.read(NamedArrays.get(parameters, NamedArrays.BIAS));
    float[] padded = Panels.padBlocks(values, hidden, .5f, .5f, 1, 1);
    bias = Arrays.copyOf(padded, stride);
    innerBias = Arrays.copyOfRange(padded, stride, stride + width);
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    super.begin(initial);
    inner = grown(inner, rows(), width);
  }

  @Override
  void forward(int step) {
    int offset = step * batch * stride;
    int before = step * batch * width;
    TrainingProduct.multiply(
        outputs, before, width, batch, gatePanels, gates, offset, stride, gates, offset, stride);
    TrainingProduct.multiply(
        outputs, before, width, batch, innerPanels, innerBias, 0, 0, inner, before, width);
    kernel.activate(gates, offset, batch, inner, before);
    kernel.update(gates, offset, batch, outputs, before);
    clearMasked(step, outputs, before + batch * width);
  }

  @Override
  void beginBackward() {
    super.beginBackward();
    gateTransposed.packTransposed(recurrent, 3 * hidden, hidden, 0, hidden, 2);
    innerTransposed.packTransposed(recurrent, 3 * hidden, hidden, 2, hidden, 1);
  }

  @Override
  void backward(int step) {
    int offset = step * batch * stride;
    int before = step * batch * width;
    clearMasked(step, outputGradient, before);
    clearMasked(step, recurrentGradient, 0);
    kernel.backward(
        gates,
        offset,
        batch,
        inner,
        before,
        outputs,
        before,
        outputGradient,
        before,
        recurrentGradient);
    Sums.add(gates, offset, stride, batch, stride, biasGradient, 0);
    Sums.add(inner, before, width, batch, width, biasGradient, stride);
    float[] back = recurrentGradient;
    TrainingProduct.multiply(
        gates, offset, stride, batch, gateTransposed, back, 0, width, back, 0, width);
    TrainingProduct.multiply(
        inner, before, width, batch, innerTransposed, back, 0, width, back, 0, width);
  }

  @Override
  void recurrentWeightGradient(int firstStep, float[] result) {
    int rows = batch * steps;
    Arrays.fill(inner, 0, firstStep * batch * width, 0f);
    TrainingProduct.multiplyTransposed(
        outputs, 0, width, hidden, rows, gates, 0, stride, 2 * width, result, 0, stride);
    TrainingProduct.multiplyTransposed(
        outputs, 0, width, hidden, rows, inner, 0, width, width, result, 2 * width, stride);
  }
}
