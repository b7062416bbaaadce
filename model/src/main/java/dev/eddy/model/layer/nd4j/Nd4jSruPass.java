package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An SRU in ND4J's operations; the derivation stands with {@code SruLayer}. */
final class Nd4jSruPass extends Nd4jPass {
  private final boolean projects;
  private final float highwayScale;

  Nd4jSruPass(int inputs, int hidden, float highwayScale) {
    super(inputs, hidden, inputs == hidden ? 3 : 4);
    this.projects = inputs != hidden;
    this.highwayScale = highwayScale;
  }

  @Override
  void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial) {
    states(NamedArrays.CELL, initial.get(NamedArrays.CELL));
    INDArray gates = kept("gates", (projects ? 4 : 3) * hidden);
    INDArray bias = NamedArrays.get(parameters, NamedArrays.BIAS);
    block(gates, 1).addiRowVector(bias.getRow(0));
    block(gates, 2).addiRowVector(bias.getRow(1));
  }

  /** α·x_t, or U_x. */
  private INDArray highway(int step, INDArray gates) {
    return projects ? block(gates, 3) : rows(kept("x", inputs), step).mul(highwayScale);
  }

  @Override
  void forward(int step, Map<String, INDArray> parameters, INDArray gates) {
    INDArray v = NamedArrays.get(parameters, NamedArrays.RECURRENT);
    INDArray before = state(NamedArrays.CELL, step);
    INDArray f = block(gates, 1).addi(before.mulRowVector(v.getRow(0)));
    INDArray r = block(gates, 2).addi(before.mulRowVector(v.getRow(1)));
    Transforms.sigmoid(f, false);
    Transforms.sigmoid(r, false);
    INDArray candidate = block(gates, 0);
    INDArray after = state(NamedArrays.CELL, step + 1);
    after.assign(before.sub(candidate).muli(f).addi(candidate));
    INDArray highway = highway(step, gates);
    rows(outputs(), step).assign(after.sub(highway).muli(r).addi(highway));
    masked(step, after);
    masked(step, rows(outputs(), step));
  }

  @Override
  INDArray outputs() {
    return kept("outputs", hidden);
  }

  @Override
  public Map<String, INDArray> lastState() {
    return Map.of(NamedArrays.CELL, last(NamedArrays.CELL));
  }

  @Override
  void beginBackward() {
    kept("cellGradient", batch, hidden).assign(0);
    if (!projects) {
      kept("highwayGradient", hidden).assign(0);
    }
  }

  @Override
  void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients) {
    INDArray v = NamedArrays.get(parameters, NamedArrays.RECURRENT);
    INDArray before = state(NamedArrays.CELL, step);
    INDArray f = block(gates, 1);
    INDArray r = block(gates, 2);
    INDArray dh = outputGradient(step);
    INDArray back = masked(step, kept("cellGradient", batch, hidden));

    INDArray dc = dh.mul(r).addi(back);
    INDArray dhKept = r.rsub(1).muli(dh);
    INDArray dr = state(NamedArrays.CELL, step + 1).sub(highway(step, gates)).muli(dhKept).muli(r);
    INDArray dcKept = f.rsub(1).muli(dc);
    INDArray df = before.sub(block(gates, 0)).muli(dcKept).muli(f);
    back.assign(dc.muli(f).addi(df.mulRowVector(v.getRow(0))).addi(dr.mulRowVector(v.getRow(1))));
    block(gates, 0).assign(dcKept);
    f.assign(df);
    r.assign(dr);
    if (projects) {
      block(gates, 3).assign(dhKept);
    } else {
      rows(kept("highwayGradient", hidden), step).assign(dhKept.muli(highwayScale));
    }
    INDArray recurrent = NamedArrays.get(gradients, NamedArrays.RECURRENT);
    recurrent.getRow(0).addi(df.mul(before).sum(0));
    recurrent.getRow(1).addi(dr.mul(before).sum(0));
  }

  @Override
  void gradients(INDArray gates, Map<String, INDArray> gradients) {
    INDArray bias = NamedArrays.get(gradients, NamedArrays.BIAS);
    bias.getRow(0).assign(block(gates, 1).sum(0));
    bias.getRow(1).assign(block(gates, 2).sum(0));
  }

  @Override
  void addToInputGradient(INDArray target) {
    if (!projects) {
      target.addi(kept("highwayGradient", hidden));
    }
  }
}
