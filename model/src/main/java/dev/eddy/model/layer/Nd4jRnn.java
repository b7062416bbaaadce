package dev.eddy.model.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A leaky RNN in ND4J's operations; the derivation stands with {@link RnnLayer}. */
final class Nd4jRnn extends Nd4jPass {
  private final float leak;

  Nd4jRnn(int inputs, int hidden, float leak) {
    super(inputs, hidden, 1);
    this.leak = leak;
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    states(CellLayer.OUTPUT, initial.get(CellLayer.OUTPUT));
    kept("gates", hidden).addiRowVector(get(parameters, CellParameter.BIAS));
  }

  private INDArray output(int step) {
    return rows(kept(CellLayer.OUTPUT, (long) batch * (steps + 1), hidden), step);
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    INDArray before = output(step);
    multiply(before, get(parameters, CellParameter.RECURRENT), gates, 1);
    Transforms.tanh(gates, false);
    INDArray after = output(step + 1);
    after.assign(gates.sub(before).muli(leak).addi(before));
    masked(step, after);
  }

  @Override
  INDArray outputs() {
    return states(CellLayer.OUTPUT, 1);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(CellLayer.OUTPUT, last(CellLayer.OUTPUT));
  }

  @Override
  void beginBackward() {
    kept("recurrentGradient", batch, hidden).assign(0);
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray fromAfter = kept("recurrentGradient", batch, hidden);
    INDArray dh = masked(step, outputGradient(step).add(fromAfter));
    gates.assign(throughTanh(gates, dh).muli(leak));
    fromAfter.assign(dh.muli(1 - leak));
    multiplyByTransposed(gates, get(parameters, CellParameter.RECURRENT), fromAfter, 1);
  }

  @Override
  void gradients(INDArray gates, Map<String, INDArray> gradients) {
    multiplyTransposed(states(CellLayer.OUTPUT, 0), gates, get(gradients, CellParameter.RECURRENT));
    get(gradients, CellParameter.BIAS).getRow(0).assign(gates.sum(0));
  }
}
