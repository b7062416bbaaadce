package dev.eddy.model.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A GRU in ND4J's operations; the derivation stands with {@link GruLayer}. */
final class Nd4jGru extends Nd4jPass {

  Nd4jGru(int inputs, int hidden) {
    super(inputs, hidden, 3);
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    states(CellLayer.OUTPUT, initial.get(CellLayer.OUTPUT));
    INDArray bias = get(parameters, CellParameter.BIAS);
    kept("gates", 3 * hidden)
        .addiRowVector(
            bias.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3L * hidden)).dup('c'));
  }

  private INDArray output(int step) {
    return rows(kept(CellLayer.OUTPUT, (long) batch * (steps + 1), hidden), step);
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    INDArray before = output(step);
    INDArray products = rows(kept("products", 3 * hidden), step); // h·R
    multiply(before, get(parameters, CellParameter.RECURRENT), products, 0);
    INDArray z = block(gates, 0).addi(block(products, 0));
    INDArray r = block(gates, 1).addi(block(products, 1));
    INDArray n = block(gates, 2);
    INDArray inner = block(products, 2);
    inner.addiRowVector(block(get(parameters, CellParameter.BIAS), 3).dup('c'));
    Transforms.sigmoid(z, false);
    Transforms.sigmoid(r, false);
    n.addi(inner.mul(r));
    Transforms.tanh(n, false);
    INDArray after = output(step + 1);
    after.assign(n.sub(before).muli(z).addi(before));
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
    INDArray before = output(step);
    INDArray products = rows(kept("products", 3 * hidden), step);
    INDArray inner = block(products, 2);
    INDArray z = block(gates, 0);
    INDArray r = block(gates, 1);
    INDArray n = block(gates, 2);
    INDArray fromAfter = kept("recurrentGradient", batch, hidden);
    INDArray dh = masked(step, outputGradient(step).add(fromAfter));

    INDArray dzn = throughTanh(n, z).muli(dh);
    INDArray dzz = throughSigmoid(z, n.sub(before)).muli(dh);
    INDArray dzr = throughSigmoid(r, inner).muli(dzn);
    fromAfter.assign(z.rsub(1).muli(dh));
    inner.assign(dzn.mul(r));
    z.assign(dzz);
    r.assign(dzr);
    n.assign(dzn);
    block(products, 0).assign(dzz);
    block(products, 1).assign(dzr);
    multiplyByTransposed(products, get(parameters, CellParameter.RECURRENT), fromAfter, 1);
  }

  @Override
  void clear(int step, INDArray gates) {
    super.clear(step, gates);
    rows(kept("products", 3 * hidden), step).assign(0);
  }

  @Override
  void gradients(INDArray gates, Map<String, INDArray> gradients) {
    INDArray products = kept("products", 3 * hidden);
    multiplyTransposed(
        states(CellLayer.OUTPUT, 0), products, get(gradients, CellParameter.RECURRENT));
    INDArray bias = get(gradients, CellParameter.BIAS);
    for (int block = 0; block < 3; block++) {
      block(bias, block).getRow(0).assign(block(gates, block).sum(0));
    }
    block(bias, 3).getRow(0).assign(block(products, 2).sum(0));
  }
}
