package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An LSTM in ND4J's operations; the derivation stands with {@code LstmLayer}. */
final class Nd4jLstmPass extends Nd4jRecurrentPass {
  private final boolean peeps;

  Nd4jLstmPass(int inputs, int hidden, boolean peeps) {
    super(inputs, hidden, 4);
    this.peeps = peeps;
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    super.begin(parameters, initial);
    states(NamedArrays.CELL, initial.get(NamedArrays.CELL));
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    multiply(
        state(NamedArrays.OUTPUT, step),
        NamedArrays.get(parameters, NamedArrays.RECURRENT),
        gates,
        1);
    INDArray before = state(NamedArrays.CELL, step);
    INDArray i = block(gates, 0);
    INDArray f = block(gates, 1);
    INDArray g = block(gates, 2);
    INDArray o = block(gates, 3);
    if (peeps) {
      INDArray peephole = NamedArrays.get(parameters, NamedArrays.PEEPHOLE);
      i.addi(before.mulRowVector(peephole.getRow(0)));
      f.addi(before.mulRowVector(peephole.getRow(1)));
    }
    Transforms.sigmoid(i, false);
    Transforms.sigmoid(f, false);
    Transforms.tanh(g, false);
    INDArray after = state(NamedArrays.CELL, step + 1);
    after.assign(before.mul(f).addi(i.mul(g)));
    if (peeps) {
      o.addi(after.mulRowVector(NamedArrays.get(parameters, NamedArrays.PEEPHOLE).getRow(2)));
    }
    Transforms.sigmoid(o, false);
    INDArray squashed = rows(kept("squashed", hidden), step).assign(Transforms.tanh(after, true));
    INDArray output = state(NamedArrays.OUTPUT, step + 1).assign(squashed.mul(o));
    masked(step, after);
    masked(step, output);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(
        NamedArrays.OUTPUT, last(NamedArrays.OUTPUT), NamedArrays.CELL, last(NamedArrays.CELL));
  }

  @Override
  void beginBackward() {
    super.beginBackward();
    kept("cellGradient", batch, hidden).assign(0);
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray before = state(NamedArrays.CELL, step);
    INDArray i = block(gates, 0);
    INDArray f = block(gates, 1);
    INDArray g = block(gates, 2);
    INDArray o = block(gates, 3);
    INDArray squashed = rows(kept("squashed", hidden), step);
    INDArray fromAfter = recurrentGradient();
    INDArray back = masked(step, kept("cellGradient", batch, hidden));
    INDArray dh = gradientByOutput(step);

    INDArray dzo = throughSigmoid(o, squashed).muli(dh);
    INDArray dc = throughTanh(squashed, o).muli(dh).addi(back);
    if (peeps) {
      dc.addi(dzo.mulRowVector(NamedArrays.get(parameters, NamedArrays.PEEPHOLE).getRow(2)));
    }
    INDArray dzi = throughSigmoid(i, g).muli(dc);
    INDArray dzf = throughSigmoid(f, before).muli(dc);
    INDArray dzg = throughTanh(g, i).muli(dc);
    back.assign(dc.mul(f));
    if (peeps) {
      INDArray peephole = NamedArrays.get(parameters, NamedArrays.PEEPHOLE);
      back.addi(dzi.mulRowVector(peephole.getRow(0)));
      back.addi(dzf.mulRowVector(peephole.getRow(1)));
      INDArray peepholeGradient = NamedArrays.get(gradients, NamedArrays.PEEPHOLE);
      peepholeGradient.getRow(0).addi(dzi.mul(before).sum(0));
      peepholeGradient.getRow(1).addi(dzf.mul(before).sum(0));
      peepholeGradient.getRow(2).addi(dzo.mul(state(NamedArrays.CELL, step + 1)).sum(0));
    }
    i.assign(dzi);
    f.assign(dzf);
    g.assign(dzg);
    o.assign(dzo);
    multiplyByTransposed(gates, NamedArrays.get(parameters, NamedArrays.RECURRENT), fromAfter, 0);
  }
}
