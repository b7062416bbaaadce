package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A leaky RNN in ND4J's operations; the derivation stands with {@code RnnLayer}. */
final class Nd4jRnnPass extends Nd4jRecurrentPass {
  private final float leak;

  Nd4jRnnPass(int inputs, int hidden, float leak) {
    super(inputs, hidden, 1);
    this.leak = leak;
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    INDArray before = state(NamedArrays.OUTPUT, step);
    multiply(before, NamedArrays.get(parameters, NamedArrays.RECURRENT), gates, 1);
    Transforms.tanh(gates, false);
    INDArray after = state(NamedArrays.OUTPUT, step + 1);
    after.assign(gates.sub(before).muli(leak).addi(before));
    masked(step, after);
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray fromAfter = recurrentGradient();
    INDArray dh = gradientByOutput(step);
    gates.assign(throughTanh(gates, dh).muli(leak));
    fromAfter.assign(dh.muli(1 - leak));
    multiplyByTransposed(gates, NamedArrays.get(parameters, NamedArrays.RECURRENT), fromAfter, 1);
  }
}
