package dev.eddy.model.inference;

import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * A made-up recurrence, row by row: enough to tell whether every key meets its own state and
 * inputs. It breaks (NaN) where an observation's first input is above {@code breaksAbove}.
 */
final class PlainEngine implements StepEngine {
  private final NetworkShape shape;
  private final float breaksAbove;
  private final boolean breaksState;
  int calls;

  PlainEngine(NetworkShape shape) {
    this(shape, Float.POSITIVE_INFINITY, false);
  }

  PlainEngine(NetworkShape shape, float breaksAbove, boolean breaksState) {
    this.shape = shape;
    this.breaksAbove = breaksAbove;
    this.breaksState = breaksState;
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    calls++;
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      for (int key = 0; key < sequence.batchSize(wave); key++) {
        step(sequence.inputs(), row++, hidden, key, outputs);
      }
    }
  }

  private void step(float[] inputs, int row, float[] hidden, int key, float[] outputs) {
    int size = shape.stateSize();
    int at = row * shape.inputSize();
    for (int unit = 0; unit < size; unit++) {
      float input = inputs[at + unit % shape.inputSize()];
      hidden[key * size + unit] = 0.75f * hidden[key * size + unit] + 0.25f * input + 0.01f * unit;
    }
    for (int output = 0; output < shape.outputSize(); output++) {
      outputs[row * shape.outputSize() + output] = hidden[key * size + output % size];
    }
    if (inputs[at] > breaksAbove) {
      if (breaksState) {
        hidden[key * size + size - 1] = Float.NaN;
      } else {
        outputs[row * shape.outputSize() + 1] = Float.POSITIVE_INFINITY;
      }
    }
  }

  @Override
  public void close() {}
}
