package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of plain recurrent units, leaky on request: the product with the inputs of all rows, and,
 * wave by wave, the one with h over the keys still active.
 */
final class Nd4jRnnLayer implements Nd4jLayer {
  private final int size; // H
  private final int column; // of the layer's h in the hidden state
  private final double leak;
  private final Affine[] gates; // one
  private final Projection[] recurrent; // one
  private final BatchMatrix previous; // [H, keys], h
  private final BatchMatrix outputs; // [H, rows]

  Nd4jRnnLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    this.size = shape.hiddenSize();
    this.column = layer * shape.layerStateSize();
    this.leak = shape.leak();
    this.gates = Gates.ofLayer(weights, layer, 1);
    this.recurrent = Projection.ofBlocks(weights.tensor(WeightNames.recurrent(layer)), 1);
    this.previous = new BatchMatrix(size);
    this.outputs = new BatchMatrix(size);
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray sums = gates[0].of(inputs);
    INDArray state = BatchMatrix.units(hidden, column, column + size);
    INDArray before = previous.resized(sequence.keys()).assign(state);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int end = row + sequence.batchSize(wave);
      INDArray active = BatchMatrix.rows(before, 0, end - row);
      step(BatchMatrix.rows(sums, row, end), active);
      BatchMatrix.rows(h, row, end).assign(active);
      row = end;
    }
    state.assign(before);
    return h;
  }

  /** Both [H, rows of the wave] and overwritten. */
  private void step(INDArray sums, INDArray h) {
    recurrent[0].addTo(sums, h);
    INDArray candidate = Transforms.tanh(sums, false);
    if (leak == 1) {
      h.assign(candidate);
    } else {
      h.addi(candidate.subi(h).muli(leak));
    }
  }

  @Override
  public void close() {
    Gates.close(gates, recurrent);
    previous.close();
    outputs.close();
  }
}
