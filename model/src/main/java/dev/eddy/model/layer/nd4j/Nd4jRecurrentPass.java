package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What LSTM, GRU and RNN share: each step multiplies h of the step before by a matrix. */
abstract class Nd4jRecurrentPass extends Nd4jPass {
  Nd4jRecurrentPass(int inputs, int hidden, int blocks) {
    super(inputs, hidden, blocks);
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    states(NamedArrays.OUTPUT, initial.get(NamedArrays.OUTPUT));
    INDArray bias = NamedArrays.get(parameters, NamedArrays.BIAS);
    kept("gates", blocks * hidden).addiRowVector(gateBias(bias));
  }

  /** What of the bias is added to the gates, [1, blocks * H]. */
  INDArray gateBias(INDArray bias) {
    return bias;
  }

  @Override
  INDArray outputs() {
    return states(NamedArrays.OUTPUT, 1);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(NamedArrays.OUTPUT, last(NamedArrays.OUTPUT));
  }

  @Override
  void beginBackward() {
    recurrentGradient().assign(0);
  }

  /** The gradient by h that comes from the step after, [B, H]. */
  final INDArray recurrentGradient() {
    return kept("recurrentGradient", batch, hidden);
  }

  /** The whole gradient by h of a step, a new array. */
  final INDArray gradientByOutput(int step) {
    return masked(step, outputGradient(step).add(recurrentGradient()));
  }

  @Override
  void gradients(INDArray gates, Map<String, INDArray> gradients) {
    INDArray recurrent = NamedArrays.get(gradients, NamedArrays.RECURRENT);
    multiplyTransposed(states(NamedArrays.OUTPUT, 0), gates, recurrent);
    NamedArrays.get(gradients, NamedArrays.BIAS).getRow(0).assign(gates.sum(0));
  }
}
