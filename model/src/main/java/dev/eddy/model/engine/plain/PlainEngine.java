package dev.eddy.model.engine.plain;

import dev.eddy.model.engine.StepArguments;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * Steps a network row by row in Java loops. A key's results are the {@code simd} engine's, bit for
 * bit, and so the same whatever shares its batch. Confined to one thread; allocates only when a
 * batch is larger than any before.
 */
final class PlainEngine implements StepEngine {
  private final StepArguments arguments;
  private final Place[] layers;
  private final int widest; // units of the widest layer
  private final int top; // units of the uppermost
  private final PlainMatrix head; // [H, O]
  private final float[] headBias; // [O]
  private final float[] sums; // [O]
  private float[] layerInputs = new float[0]; // [rows, H of the widest]
  private float[] layerOutputs = new float[0]; // [rows, H of the widest]

  PlainEngine(NetworkWeights weights) {
    NetworkShape shape = weights.shape();
    this.arguments = StepArguments.of(shape);
    this.layers = weights.layers().stream().map(Place::of).toArray(Place[]::new);
    this.widest = shape.widestSize();
    this.top = shape.topSize();
    float[] headWeight = weights.values(WeightNames.HEAD_WEIGHT);
    this.head = PlainMatrix.of(headWeight, top, shape.outputSize(), 1f);
    this.headBias = weights.values(WeightNames.HEAD_BIAS).clone();
    this.sums = new float[shape.outputSize()];
  }

  /**
   * A layer and where it stands.
   *
   * @param state where, in a key's hidden state, that of the layer begins
   */
  private record Place(PlainLayer layer, int inputs, int units, int state) {
    static Place of(LayerWeights weights) {
      return new Place(
          weights.accept(new PlainLayers(weights)),
          weights.shape().inputs(),
          weights.shape().units(),
          weights.stateOffset());
    }
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    arguments.check(sequence, hidden, outputs);
    int numbers = Math.multiplyExact(sequence.rows(), widest);
    if (layerOutputs.length < numbers) {
      layerInputs = new float[Math.max(numbers, 2 * layerInputs.length)];
      layerOutputs = new float[layerInputs.length];
    }
    float[] inputs = sequence.inputs();
    for (Place place : layers) {
      forward(place, sequence, inputs, hidden);
      float[] stepped = layerOutputs;
      layerOutputs = layerInputs;
      layerInputs = stepped;
      inputs = stepped;
    }
    putOut(sequence.rows(), layerInputs, outputs);
  }

  private void forward(Place place, PackedSequence sequence, float[] inputs, float[] hidden) {
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      for (int key = 0; key < sequence.batchSize(wave); key++) {
        int state = key * arguments.stateSize() + place.state;
        place.layer.step(
            inputs, row * place.inputs, hidden, state, layerOutputs, row * place.units);
        row++;
      }
    }
  }

  private void putOut(int rows, float[] stepped, float[] outputs) {
    int size = sums.length;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(headBias, 0, sums, 0, size);
      head.add(stepped, row * top, sums);
      System.arraycopy(sums, 0, outputs, row * size, size);
    }
  }

  @Override
  public void close() {
    // Holds nothing but arrays.
  }
}
