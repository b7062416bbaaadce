package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A GRU in ND4J's operations; the derivation stands with {@code GruLayer}. */
final class Nd4jGruPass extends Nd4jRecurrentPass {

  Nd4jGruPass(int inputs, int hidden) {
    super(inputs, hidden, 3);
  }

  @Override
  INDArray gateBias(INDArray bias) {
    return bias.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3L * hidden)).dup('c');
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    INDArray before = state(NamedArrays.OUTPUT, step);
    INDArray products = rows(kept("products", 3 * hidden), step); // h·R
    multiply(before, NamedArrays.get(parameters, NamedArrays.RECURRENT), products, 0);
    INDArray z = block(gates, 0).addi(block(products, 0));
    INDArray r = block(gates, 1).addi(block(products, 1));
    INDArray n = block(gates, 2);
    INDArray inner = block(products, 2);
    inner.addiRowVector(block(NamedArrays.get(parameters, NamedArrays.BIAS), 3).dup('c'));
    Transforms.sigmoid(z, false);
    Transforms.sigmoid(r, false);
    n.addi(inner.mul(r));
    Transforms.tanh(n, false);
    INDArray after = state(NamedArrays.OUTPUT, step + 1);
    after.assign(n.sub(before).muli(z).addi(before));
    masked(step, after);
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray before = state(NamedArrays.OUTPUT, step);
    INDArray products = rows(kept("products", 3 * hidden), step);
    INDArray inner = block(products, 2);
    INDArray z = block(gates, 0);
    INDArray r = block(gates, 1);
    INDArray n = block(gates, 2);
    INDArray fromAfter = recurrentGradient();
    INDArray dh = gradientByOutput(step);

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
    multiplyByTransposed(
        products, NamedArrays.get(parameters, NamedArrays.RECURRENT), fromAfter, 1);
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
        states(NamedArrays.OUTPUT, 0), products, NamedArrays.get(gradients, NamedArrays.RECURRENT));
    INDArray bias = NamedArrays.get(gradients, NamedArrays.BIAS);
    for (int block = 0; block < 3; block++) {
      block(bias, block).getRow(0).assign(block(gates, block).sum(0));
    }
    block(bias, 3).getRow(0).assign(block(products, 2).sum(0));
  }
}
