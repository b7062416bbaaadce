package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of Long Short-Term Memory, Hochreiter &amp; Schmidhuber 1997, with forget gate: one
 * product with the inputs of all rows, and, wave by wave, one with h over the keys still active.
 */
final class Nd4jLstmLayer implements Nd4jLayer {
  private final int size; // H
  private final int column; // of the layer's h in the hidden state; its c follows
  private final INDArray weight; // [D, i | f | g | o]
  private final INDArray recurrent; // [H, i | f | g | o]
  private final INDArray bias; // [1, i | f | g | o]
  private final Rows products; // [rows, 4H]
  private final Rows recurrentProducts; // [keys, 4H]
  private final Rows previous; // [keys, H], h
  private final Rows cells; // [keys, H]
  private final Rows outputs; // [rows, H]

  Nd4jLstmLayer(NetworkWeights weights, int layer) {
    NetworkShape shape = weights.shape();
    this.size = shape.hiddenSize();
    this.column = layer * shape.layerStateSize();
    this.weight = Weights.matrix(weights, WeightNames.weight(layer));
    this.recurrent = Weights.matrix(weights, WeightNames.recurrent(layer));
    this.bias = Weights.matrix(weights, WeightNames.bias(layer));
    this.products = new Rows(4 * size, 'f');
    this.recurrentProducts = new Rows(4 * size, 'f');
    this.previous = new Rows(size, 'f');
    this.cells = new Rows(size, 'f');
    this.outputs = new Rows(size, 'f');
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray gates = products.resized(sequence.rows());
    inputs.mmuli(weight, gates);
    gates.addiRowVector(bias.getRow(0));
    INDArray outputState = Rows.columns(hidden, column, column + size);
    INDArray cellState = Rows.columns(hidden, column + size, column + 2L * size);
    INDArray before = previous.resized(sequence.keys()).assign(outputState);
    INDArray c = cells.resized(sequence.keys()).assign(cellState);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      INDArray active = Rows.rows(before, 0, batch);
      step(Rows.rows(gates, row, row + batch), active, Rows.rows(c, 0, batch));
      Rows.rows(h, row, row + batch).assign(active);
      row += batch;
    }
    outputState.assign(before);
    cellState.assign(c);
    return h;
  }

  private void step(INDArray gates, INDArray h, INDArray c) {
    INDArray recurrentPart = recurrentProducts.resized(h.rows());
    h.mmuli(recurrent, recurrentPart);
    gates.addi(recurrentPart);
    INDArray input = Transforms.sigmoid(block(gates, 0), false);
    INDArray forget = Transforms.sigmoid(block(gates, 1), false);
    INDArray candidate = Transforms.tanh(block(gates, 2), false);
    INDArray output = Transforms.sigmoid(block(gates, 3), false);
    c.muli(forget).addi(input.muli(candidate));
    Transforms.tanh(h.assign(c), false).muli(output);
  }

  private INDArray block(INDArray gates, int number) {
    return Rows.columns(gates, (long) number * size, (number + 1L) * size);
  }

  @Override
  public void close() {
    weight.close();
    recurrent.close();
    bias.close();
    products.close();
    recurrentProducts.close();
    previous.close();
    cells.close();
    outputs.close();
  }
}
