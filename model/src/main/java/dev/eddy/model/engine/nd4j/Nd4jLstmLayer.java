package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate and, on
 * request, peepholes (Gers, Schraudolph, Schmidhuber 2002): the products with the inputs of all
 * rows, and, wave by wave, those with h over the keys still active.
 */
final class Nd4jLstmLayer implements Nd4jLayer {
  private static final int INPUT = 0;
  private static final int FORGET = 1;
  private static final int CANDIDATE = 2;
  private static final int OUTPUT = 3;

  private final int size; // H
  private final int column; // of the layer's h in the hidden state; its c follows
  private final Affine[] gates; // [i, f, g, o]
  private final Projection[] recurrent; // [i, f, g, o]
  private final TiledVector[] peepholes; // [i, f, o], or none
  private final BatchMatrix previous; // [H, keys], h
  private final BatchMatrix cells; // [H, keys]
  private final BatchMatrix scratch; // [H, keys]
  private final BatchMatrix outputs; // [H, rows]

  Nd4jLstmLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    this.size = shape.hiddenSize();
    this.column = layer * shape.layerStateSize();
    this.gates = Gates.ofLayer(weights, layer, 4);
    this.recurrent = Projection.ofBlocks(weights.tensor(WeightNames.recurrent(layer)), 4);
    this.peepholes = shape.peephole() ? peepholes(weights, layer) : new TiledVector[0];
    this.previous = new BatchMatrix(size);
    this.cells = new BatchMatrix(size);
    this.scratch = new BatchMatrix(size);
    this.outputs = new BatchMatrix(size);
  }

  private TiledVector[] peepholes(NetworkWeights weights, int layer) {
    float[] values = weights.values(WeightNames.peephole(layer)); // [3, H]
    return IntStream.range(0, 3)
        .mapToObj(gate -> TiledVector.ofBlock(values, size, gate))
        .toArray(TiledVector[]::new);
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray[] sums = Gates.of(gates, inputs);
    INDArray outputState = BatchMatrix.units(hidden, column, column + size);
    INDArray cellState = BatchMatrix.units(hidden, column + size, column + 2L * size);
    INDArray before = previous.resized(sequence.keys()).assign(outputState);
    INDArray c = cells.resized(sequence.keys()).assign(cellState);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int end = row + sequence.batchSize(wave);
      INDArray active = BatchMatrix.rows(before, 0, end - row);
      step(Gates.rows(sums, row, end), active, BatchMatrix.rows(c, 0, end - row));
      BatchMatrix.rows(h, row, end).assign(active);
      row = end;
    }
    outputState.assign(before);
    cellState.assign(c);
    return h;
  }

  /** All [H, rows of the wave] and overwritten. */
  private void step(INDArray[] sums, INDArray h, INDArray c) {
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
    Gates.close(gates, recurrent);
    for (TiledVector peephole : peepholes) {
      peephole.close();
    }
    previous.close();
    cells.close();
    scratch.close();
    outputs.close();
  }
}
