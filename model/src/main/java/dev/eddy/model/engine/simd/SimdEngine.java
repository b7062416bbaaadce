package dev.eddy.model.engine.simd;

import dev.eddy.model.engine.StepArguments;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * Steps a network with the JVM's Vector API. A key's results are the same, bit for bit, whatever
 * other keys share its batch, whatever the vectors' length, interpreted or compiled. Confined to
 * one thread; allocates only when a batch is larger than any before.
 */
final class SimdEngine implements StepEngine {
  private static final int WIDEST_PANEL = 4 * Lanes.LENGTH;

  private final StepArguments arguments;
  private final SimdLayer[] layers;
  private final PackedMatrix head; // [H, O]
  private final boolean padInputs;
  private final int inputWidth;
  private final int topWidth;
  private final Workspace workspace;

  SimdEngine(NetworkWeights weights) {
    NetworkShape shape = weights.shape();
    this.arguments = StepArguments.of(shape);
    this.layers =
        weights.layers().stream()
            .map(layer -> layer.accept(new SimdLayers(layer)))
            .toArray(SimdLayer[]::new);
    this.head =
        PackedMatrix.of(
            weights.values(WeightNames.HEAD_WEIGHT),
            weights.values(WeightNames.HEAD_BIAS),
            shape.topSize(),
            shape.outputSize(),
            new float[] {1f});
    this.topWidth = Lanes.padded(shape.topSize());
    this.inputWidth = layers[0].inputWidth();
    this.padInputs = inputWidth != shape.inputSize();
    this.workspace =
        new Workspace(WIDEST_PANEL, Lanes.padded(shape.widestSize()), padInputs ? inputWidth : 0);
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    arguments.check(sequence, hidden, outputs);
    if (sequence.rows() == 0) {
      return;
    }
    workspace.ensure(sequence.rows(), sequence.keys());
    layers[0].forward(sequence, networkInputs(sequence), inputWidth, hidden, workspace);
    for (int layer = 1; layer < layers.length; layer++) {
      workspace.swap();
      int width = layers[layer - 1].width();
      layers[layer].forward(sequence, workspace.layerInputs, width, hidden, workspace);
    }
    putOut(sequence.rows(), outputs);
  }

  private float[] networkInputs(PackedSequence sequence) {
    float[] inputs = sequence.inputs();
    if (!padInputs) {
      return inputs;
    }
    int size = arguments.inputSize();
    for (int row = 0; row < sequence.rows(); row++) {
      System.arraycopy(inputs, row * size, workspace.inputs, row * inputWidth, size);
    }
    return workspace.inputs;
  }

  private void putOut(int rows, float[] outputs) {
    float[] products = workspace.products(rows, head.columns);
    int size = arguments.outputSize();
    MatrixProduct.ofRows(workspace.layerOutputs, topWidth, rows, head, products);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(products, row * head.columns, outputs, row * size, size);
    }
  }

  @Override
  public void close() {
    // Holds nothing but arrays.
  }
}
