package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of Simple Recurrent Units, Lei et al. 2018, arXiv:1709.02755v5: one product for all rows
 * of the packed sequence, then the pointwise part wave by wave.
 */
final class Nd4jSruLayer implements Nd4jLayer {
  private final int size; // H
  private final int column; // of the layer's c in the hidden state
  private final boolean projected;
  private final INDArray weight; // [D, c | f | r | (x')]
  private final INDArray recurrent; // [2, H]
  private final INDArray bias; // [2, H]
  private final float highwayScale;
  private final Rows products; // [rows, G * H]
  private final Rows cells; // [keys, H]
  private final Rows gates; // [keys, H]
  private final Rows outputs; // [rows, H]

  Nd4jSruLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    this.size = shape.hiddenSize();
    this.column = layer * shape.layerStateSize();
    this.projected = WeightShapes.sruBlocks(shape, layer) == 4;
    this.weight = Weights.matrix(weights, WeightNames.weight(layer));
    this.recurrent = Weights.matrix(weights, WeightNames.recurrent(layer));
    this.bias = Weights.matrix(weights, WeightNames.bias(layer));
    this.highwayScale = weights.values(WeightNames.highwayScale(layer))[0];
    this.products = new Rows(weight.columns(), 'f');
    this.cells = new Rows(size, 'f');
    this.gates = new Rows(size, 'f');
    this.outputs = new Rows(size, 'f');
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray u = products.resized(sequence.rows());
    inputs.mmuli(weight, u);
    block(u, 1).addiRowVector(bias.getRow(0));
    block(u, 2).addiRowVector(bias.getRow(1));
    INDArray highway = projected ? block(u, 3) : inputs;
    INDArray state = Rows.columns(hidden, column, column + size);
    INDArray c = cells.resized(sequence.keys()).assign(state);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int end = row + sequence.batchSize(wave);
      step(
          Rows.rows(u, row, end),
          Rows.rows(highway, row, end),
          Rows.rows(c, 0, sequence.batchSize(wave)),
          Rows.rows(h, row, end));
      row = end;
    }
    state.assign(c);
    return h;
  }

  private void step(INDArray u, INDArray x, INDArray c, INDArray h) {
    INDArray reset = gate(u, 2, c);
    INDArray forget = gate(u, 1, c);
    INDArray candidate = block(u, 0);
    c.subi(candidate).muli(forget).addi(candidate);
    INDArray scaled = forget.assign(x).muli(highwayScale);
    h.assign(c).subi(scaled).muli(reset).addi(scaled);
  }

  /** Turns a gate's block of U, which has its bias already, into σ(U + v ⊙ c), in place. */
  private INDArray gate(INDArray u, int number, INDArray c) {
    INDArray carried = gates.resized(c.rows()).assign(c);
    carried.muliRowVector(recurrent.getRow(number - 1));
    return Transforms.sigmoid(block(u, number).addi(carried), false);
  }

  private INDArray block(INDArray u, int number) {
    return Rows.columns(u, (long) number * size, (number + 1L) * size);
  }

  @Override
  public void close() {
    weight.close();
    recurrent.close();
    bias.close();
    products.close();
    cells.close();
    gates.close();
    outputs.close();
  }
}
