package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What LSTM, GRU and RNN share: each step multiplies h of the step before by a matrix. */
abstract class SimdRecurrentPass extends SimdPass {
  final float[] recurrent; // [hidden, blocks * hidden]
  private final float[] recurrentWeightGradient; // [hidden, stride]
  final float[] biasGradient; // [biasBlocks * width]
  float[] outputs = new float[0]; // h, from the initial one on; [rows + B, width]
  float[] recurrentGradient = new float[0]; // by h, from the step after; [B, width]

  /**
   * A pass of a cell.
   *
   * @param biasBlocks blocks of H of the bias
   * @param scales of each block of the weights
   */
  SimdRecurrentPass(int inputs, int hidden, int biasBlocks, float... scales) {
    super(inputs, hidden, scales);
    this.recurrent = new float[hidden * blocks * hidden];
    this.recurrentWeightGradient = new float[hidden * stride];
    this.biasGradient = new float[biasBlocks * width];
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    HostValues.read(NamedArrays.get(parameters, NamedArrays.RECURRENT), recurrent);
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    outputs = grown(outputs, stateRows(), width);
    initialise(outputs, initial.get(NamedArrays.OUTPUT));
  }

  @Override
  final float[] outputs() {
    return outputs;
  }

  @Override
  final int outputsOffset() {
    return batch * width;
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(NamedArrays.OUTPUT, last(outputs));
  }

  @Override
  void beginBackward() {
    recurrentGradient = grown(recurrentGradient, batch, width);
    Arrays.fill(recurrentGradient, 0, batch * width, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  @Override
  void gradients(int firstStep, Map<String, INDArray> gradients) {
    recurrentWeightGradient(firstStep, recurrentWeightGradient);
    HostValues.writeRows(
        recurrentWeightGradient,
        0,
        NamedArrays.get(gradients, NamedArrays.RECURRENT),
        hidden,
        width);
    HostValues.writeRows(
        biasGradient, 0, NamedArrays.get(gradients, NamedArrays.BIAS), hidden, width);
  }

  /** Computes the gradient by the recurrent weight, [hidden, stride], into {@code result}. */
  void recurrentWeightGradient(int firstStep, float[] result) {
    TrainingProduct.multiplyTransposed(
        outputs, 0, width, hidden, batch * steps, gates, 0, stride, stride, result, 0, stride);
  }
}
