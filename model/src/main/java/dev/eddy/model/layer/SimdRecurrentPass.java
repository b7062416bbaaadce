package dev.eddy.model.layer;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What LSTM, GRU and RNN share: each step multiplies h of the step before by a matrix. */
abstract class SimdRecurrentPass extends SimdPass {
  final float[] recurrent; // [hidden, blocks * hidden]
  final float[] recurrentWeightGradient; // [hidden, stride]
  float[] biasGradient; // [stride]
  float[] outputs = new float[0]; // h, from the initial one on; [rows + B, width]
  float[] recurrentGradient = new float[0]; // by h, from the step after; [B, width]

  SimdRecurrentPass(int inputs, int hidden, float... scales) {
    super(inputs, hidden, scales);
    this.recurrent = new float[hidden * blocks * hidden];
    this.recurrentWeightGradient = new float[hidden * stride];
    this.biasGradient = new float[stride];
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    HostValues.read(get(parameters, CellParameter.RECURRENT), recurrent);
  }

  @Override
  void begin(Map<String, INDArray> initial) {
    outputs = grown(outputs, stateRows(), width);
    initialise(outputs, initial.get(CellLayer.OUTPUT));
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
  void beginBackward() {
    recurrentGradient = grown(recurrentGradient, batch, width);
    Arrays.fill(recurrentGradient, 0, batch * width, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  @Override
  void gradients(int firstStep, Map<String, INDArray> gradients) {
    HostValues.writeRows(
        recurrentWeightGradient, 0, get(gradients, CellParameter.RECURRENT), hidden, width);
    HostValues.writeRows(biasGradient, 0, get(gradients, CellParameter.BIAS), hidden, width);
  }
}
