package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of Gated Recurrent Units, Cho et al. 2014, arXiv:1406.1078v1, the reset gate acting on
 * the product with h: the products with the inputs of all rows, and, wave by wave, those with h
 * over the keys still active.
 */
final class Nd4jGruLayer implements Nd4jLayer {
  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE = 2;

  private final int size; // H
  private final int column; // of the layer's h in the hidden state
  private final Affine[] gates; // [z, r, n]
  private final Projection[] recurrent; // [z, r]
  private final Affine recall; // the candidate's product with h, and its bias b_m
  private final BatchMatrix previous; // [H, keys], h
  private final BatchMatrix outputs; // [H, rows]

  Nd4jGruLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    Tensor product = weights.tensor(WeightNames.recurrent(layer));
    float[] bias = weights.values(WeightNames.bias(layer));
    this.size = shape.hiddenSize();
    this.column = layer * shape.layerStateSize();
    this.gates = Gates.ofLayer(weights, layer, 3);
    this.recurrent =
        new Projection[] {
          Projection.ofBlock(product, 3, UPDATE), Projection.ofBlock(product, 3, RESET)
        };
    this.recall =
        new Affine(
            Projection.ofBlock(product, 3, CANDIDATE), TiledVector.ofBlock(bias, size, 3), size);
    this.previous = new BatchMatrix(size);
    this.outputs = new BatchMatrix(size);
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray[] sums = Gates.of(gates, inputs);
    INDArray state = BatchMatrix.units(hidden, column, column + size);
    INDArray before = previous.resized(sequence.keys()).assign(state);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int end = row + sequence.batchSize(wave);
      INDArray active = BatchMatrix.rows(before, 0, end - row);
      step(Gates.rows(sums, row, end), active);
      BatchMatrix.rows(h, row, end).assign(active);
      row = end;
    }
    state.assign(before);
    return h;
  }

  /** All [H, rows of the wave] and overwritten. */
  private void step(INDArray[] sums, INDArray h) {
    recurrent[UPDATE].addTo(sums[UPDATE], h);
    recurrent[RESET].addTo(sums[RESET], h);
    INDArray update = Transforms.sigmoid(sums[UPDATE], false);
    INDArray reset = Transforms.sigmoid(sums[RESET], false);
    INDArray recalled = recall.of(h).muli(reset);
    INDArray candidate = Transforms.tanh(sums[CANDIDATE].addi(recalled), false);
    h.addi(candidate.subi(h).muli(update));
  }

  @Override
  public void close() {
    Gates.close(gates, recurrent);
    recall.close();
    previous.close();
    outputs.close();
  }
}
