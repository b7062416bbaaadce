package dev.eddy.model.engine.plain;

import dev.eddy.model.engine.StepArguments;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;

/**
 * Steps a network row by row in Java loops. A key's results are the {@code simd} engine's, bit for
 * bit, and so the same whatever shares its batch. Confined to one thread; allocates only when a
 * batch is larger than any before.
 */
final class PlainEngine implements StepEngine {
  private final NetworkShape shape;
  private final PlainLayer[] layers;
  private final PlainMatrix head; // [H, O]
  private final float[] headBias; // [O]
  private final float[] sums; // [O]
  private float[] layerInputs = new float[0]; // [rows, H]
  private float[] layerOutputs = new float[0]; // [rows, H]

  PlainEngine(NetworkWeights weights) {
    this.shape = weights.shape();
    this.layers = new PlainLayer[shape.layers()];
    Arrays.setAll(layers, layer -> layer(weights, layer));
    float[] headWeight = weights.values(WeightNames.HEAD_WEIGHT);
    this.head = PlainMatrix.of(headWeight, shape.hiddenSize(), shape.outputSize(), 1f);
    this.headBias = weights.values(WeightNames.HEAD_BIAS).clone();
    this.sums = new float[shape.outputSize()];
  }

  private static PlainLayer layer(NetworkWeights weights, int layer) {
    return switch (weights.shape().cell()) {
      case SRU -> new PlainSruLayer(weights, layer);
      case LSTM -> new PlainLstmLayer(weights, layer);
      case GRU -> new PlainGruLayer(weights, layer);
      case RNN -> new PlainRnnLayer(weights, layer);
    };
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    StepArguments.check(shape, sequence, hidden, outputs);
    int numbers = Math.multiplyExact(sequence.rows(), shape.hiddenSize());
    if (layerOutputs.length < numbers) {
      layerInputs = new float[Math.max(numbers, 2 * layerInputs.length)];
      layerOutputs = new float[layerInputs.length];
    }
    for (int layer = 0; layer < layers.length; layer++) {
      forward(layer, sequence, layer == 0 ? sequence.inputs() : layerInputs, hidden);
      float[] stepped = layerOutputs;
      layerOutputs = layerInputs;
      layerInputs = stepped;
    }
    putOut(sequence.rows(), layerInputs, outputs);
  }

  private void forward(int layer, PackedSequence sequence, float[] inputs, float[] hidden) {
    int inputSize = shape.inputSize(layer);
    int offset = layer * shape.layerStateSize();
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      for (int key = 0; key < sequence.batchSize(wave); key++) {
        int state = key * shape.stateSize() + offset;
        int h = row * shape.hiddenSize();
        layers[layer].step(inputs, row * inputSize, hidden, state, layerOutputs, h);
        row++;
      }
    }
  }

  private void putOut(int rows, float[] stepped, float[] outputs) {
    int size = sums.length;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(headBias, 0, sums, 0, size);
      head.add(stepped, row * shape.hiddenSize(), sums);
      System.arraycopy(sums, 0, outputs, row * size, size);
    }
  }

  @Override
  public void close() {
    // Holds nothing but arrays.
  }
}
