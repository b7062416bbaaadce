package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.TensorShape;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate and, on request,
 * peepholes (Gers, Schraudolph, Schmidhuber 2002).
 */
final class Nd4jLstmCell implements Nd4jCell {
  private static final int INPUT = 0;
  private static final int FORGET = 1;
  private static final int CANDIDATE = 2;
  private static final int OUTPUT = 3;

  private final Projection[] recurrent; // [i, f, g, o]
  private final TiledVector[] peepholes; // [i, f, o], or none
  private final BatchMatrix scratch; // [H, keys]

  Nd4jLstmCell(LstmShape shape, LayerWeights weights) {
    this.recurrent = Projection.ofBlocks(weights.tensor(TensorShape.RECURRENT), 4);
    this.peepholes = shape.peephole() ? peepholes(shape, weights) : new TiledVector[0];
    this.scratch = new BatchMatrix(shape.units());
  }

  private static TiledVector[] peepholes(LstmShape shape, LayerWeights weights) {
    float[] values = weights.values(TensorShape.PEEPHOLE); // [3, H]
    int size = shape.units();
    return IntStream.range(0, 3)
        .mapToObj(gate -> TiledVector.ofBlock(values, size, gate))
        .toArray(TiledVector[]::new);
  }

  @Override
  public void step(INDArray[] sums, INDArray[] state) {
    INDArray h = state[0];
    INDArray c = state[1];
    for (int gate = 0; gate < sums.length; gate++) {
      recurrent[gate].addTo(sums[gate], h);
    }
    addPeephole(sums[INPUT], 0, c);
    addPeephole(sums[FORGET], 1, c);
    INDArray input = Transforms.sigmoid(sums[INPUT], false);
    INDArray forget = Transforms.sigmoid(sums[FORGET], false);
    INDArray candidate = Transforms.tanh(sums[CANDIDATE], false);
    c.muli(forget).addi(candidate.muli(input));
    addPeephole(sums[OUTPUT], 2, c);
    INDArray output = Transforms.sigmoid(sums[OUTPUT], false);
    Transforms.tanh(h.assign(c), false).muli(output);
  }

  private void addPeephole(INDArray gate, int number, INDArray c) {
    if (peepholes.length > 0) {
      int batch = c.columns();
      gate.addi(c.mul(peepholes[number].rows(batch), scratch.resized(batch)));
    }
  }

  @Override
  public void close() {
    for (Projection projection : recurrent) {
      projection.close();
    }
    for (TiledVector peephole : peepholes) {
      peephole.close();
    }
    scratch.close();
  }
}
