package dev.eddy.model.engine.simd;

import dev.eddy.model.engine.StepArguments;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;

/**
 * Steps a network with the JVM's Vector API. A key's results are the same, bit for bit, whatever
 * other keys share its batch, whatever the vectors' length, interpreted or compiled. Confined to
 * one thread; allocates only when a batch is larger than any before.
 */
final class SimdEngine implements StepEngine {
  private static final int WIDEST_PANEL = 4 * Lanes.LENGTH;

  private final NetworkShape shape;
  private final SimdLayer[] layers;
  private final PackedMatrix head; // [H, O]
  private final boolean padInputs;
  private final int inputWidth;
  private final int hiddenWidth;
  private final Workspace workspace;

  SimdEngine(NetworkWeights weights) {
    this.shape = weights.shape();
    this.layers = new SimdLayer[shape.layers()];
    Arrays.setAll(layers, layer -> layer(weights, layer));
    this.head =
        PackedMatrix.of(
            weights.values(WeightNames.HEAD_WEIGHT),
            weights.values(WeightNames.HEAD_BIAS),
            shape.hiddenSize(),
            shape.outputSize(),
            new float[] {1f});
    this.hiddenWidth = Lanes.padded(shape.hiddenSize());
    // Where the inputs themselves take the highway, whole vectors of them are read.
    this.padInputs =
        shape.cell() == CellType.SRU
            && shape.inputSize() == shape.hiddenSize()
            && shape.hiddenSize() != hiddenWidth;
    this.inputWidth = padInputs ? hiddenWidth : shape.inputSize();
    this.workspace = new Workspace(WIDEST_PANEL, hiddenWidth, padInputs ? inputWidth : 0);
  }

  private static SimdLayer layer(NetworkWeights weights, int layer) {
    return switch (weights.shape().cell()) {
      case SRU -> new SimdSruLayer(weights, layer);
      case LSTM -> SimdGatedLayer.lstm(weights, layer);
      case GRU -> SimdGatedLayer.gru(weights, layer);
      case RNN -> new SimdRnnLayer(weights, layer);
    };
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    StepArguments.check(shape, sequence, hidden, outputs);
    if (sequence.rows() == 0) {
      return;
    }
    workspace.ensure(sequence.rows(), sequence.keys());
    layers[0].forward(sequence, networkInputs(sequence), inputWidth, hidden, workspace);
    for (int layer = 1; layer < layers.length; layer++) {
      workspace.swap();
      layers[layer].forward(sequence, workspace.layerInputs, hiddenWidth, hidden, workspace);
    }
    putOut(sequence.rows(), outputs);
  }

  private float[] networkInputs(PackedSequence sequence) {
    float[] inputs = sequence.inputs();
    if (!padInputs) {
      return inputs;
    }
    int size = shape.inputSize();
    for (int row = 0; row < sequence.rows(); row++) {
      System.arraycopy(inputs, row * size, workspace.inputs, row * inputWidth, size);
    }
    return workspace.inputs;
  }

  private void putOut(int rows, float[] outputs) {
    float[] products = workspace.products(rows, head.columns);
    int size = shape.outputSize();
    MatrixProduct.ofRows(workspace.layerOutputs, hiddenWidth, rows, head, products);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(products, row * head.columns, outputs, row * size, size);
    }
  }

  @Override
  public void close() {
    // Holds nothing but arrays.
  }
}
