package dev.eddy.model.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An LSTM in ND4J's operations; the derivation stands with {@link LstmLayer}. */
final class Nd4jLstm extends Nd4jPass {
  private final boolean peeps;

  Nd4jLstm(int inputs, int hidden, boolean peeps) {
    super(inputs, hidden, 4);
    this.peeps = peeps;
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    states(CellLayer.OUTPUT, initial.get(CellLayer.OUTPUT));
    states(CellLayer.CELL, initial.get(CellLayer.CELL));
    kept("gates", 4 * hidden).addiRowVector(get(parameters, CellParameter.BIAS));
  }

  private INDArray state(String name, int step) {
    return rows(kept(name, (long) batch * (steps + 1), hidden), step);
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    multiply(state(CellLayer.OUTPUT, step), get(parameters, CellParameter.RECURRENT), gates, 1);
    INDArray before = state(CellLayer.CELL, step);
    INDArray i = block(gates, 0);
    INDArray f = block(gates, 1);
    INDArray g = block(gates, 2);
    INDArray o = block(gates, 3);
    if (peeps) {
      INDArray peephole = get(parameters, CellParameter.PEEPHOLE);
      i.addi(before.mulRowVector(peephole.getRow(0)));
      f.addi(before.mulRowVector(peephole.getRow(1)));
    }
    Transforms.sigmoid(i, false);
    Transforms.sigmoid(f, false);
    Transforms.tanh(g, false);
    INDArray after = state(CellLayer.CELL, step + 1);
    after.assign(before.mul(f).addi(i.mul(g)));
    if (peeps) {
      o.addi(after.mulRowVector(get(parameters, CellParameter.PEEPHOLE).getRow(2)));
    }
    Transforms.sigmoid(o, false);
    INDArray squashed = rows(kept("squashed", hidden), step).assign(Transforms.tanh(after, true));
    INDArray output = state(CellLayer.OUTPUT, step + 1).assign(squashed.mul(o));
    masked(step, after);
    masked(step, output);
  }

  @Override
  INDArray outputs() {
    return states(CellLayer.OUTPUT, 1);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(CellLayer.OUTPUT, last(CellLayer.OUTPUT), CellLayer.CELL, last(CellLayer.CELL));
  }

  @Override
  void beginBackward() {
    kept("cellGradient", batch, hidden).assign(0);
    kept("recurrentGradient", batch, hidden).assign(0);
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray before = state(CellLayer.CELL, step);
    INDArray i = block(gates, 0);
    INDArray f = block(gates, 1);
    INDArray g = block(gates, 2);
    INDArray o = block(gates, 3);
    INDArray squashed = rows(kept("squashed", hidden), step);
    INDArray fromAfter = kept("recurrentGradient", batch, hidden);
    INDArray back = masked(step, kept("cellGradient", batch, hidden));
    INDArray dh = masked(step, outputGradient(step).add(fromAfter));

    INDArray dzo = throughSigmoid(o, squashed).muli(dh);
    INDArray dc = throughTanh(squashed, o).muli(dh).addi(back);
    if (peeps) {
      dc.addi(dzo.mulRowVector(get(parameters, CellParameter.PEEPHOLE).getRow(2)));
    }
    INDArray dzi = throughSigmoid(i, g).muli(dc);
    INDArray dzf = throughSigmoid(f, before).muli(dc);
    INDArray dzg = throughTanh(g, i).muli(dc);
    back.assign(dc.mul(f));
    if (peeps) {
      INDArray peephole = get(parameters, CellParameter.PEEPHOLE);
      back.addi(dzi.mulRowVector(peephole.getRow(0)));
      back.addi(dzf.mulRowVector(peephole.getRow(1)));
      INDArray peepholeGradient = get(gradients, CellParameter.PEEPHOLE);
      peepholeGradient.getRow(0).addi(dzi.mul(before).sum(0));
      peepholeGradient.getRow(1).addi(dzf.mul(before).sum(0));
      peepholeGradient.getRow(2).addi(dzo.mul(state(CellLayer.CELL, step + 1)).sum(0));
    }
    i.assign(dzi);
    f.assign(dzf);
    g.assign(dzg);
    o.assign(dzo);
    multiplyByTransposed(gates, get(parameters, CellParameter.RECURRENT), fromAfter, 0);
  }

  @Override
  void gradients(INDArray gates, Map<String, INDArray> gradients) {
    multiplyTransposed(states(CellLayer.OUTPUT, 0), gates, get(gradients, CellParameter.RECURRENT));
    get(gradients, CellParameter.BIAS).getRow(0).assign(gates.sum(0));
  }
}
