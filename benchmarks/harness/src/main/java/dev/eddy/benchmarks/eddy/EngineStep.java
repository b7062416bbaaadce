package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;

/** Steps with one of Eddy's own engines, head included, as the streaming job calls it. */
public final class EngineStep implements StepWork {
  private final StepCase step;
  private final StepEngine engine;
  private final PackedSequence sequence;
  private final int[] batchSizes; // [waves]
  private final float[] inputs; // [rows, D]
  private final float[] hidden; // [keys, stateSize]
  private final float[] outputs; // [rows, 1]

  /** A case on an engine of a kind. */
  public EngineStep(EngineKind kind, StepCase step) {
    this.step = step;
    this.engine = StepEngines.create(kind, step.weights());
    this.sequence = new PackedSequence(step.hidden());
    this.batchSizes = new int[step.waves()];
    Arrays.fill(batchSizes, step.keys());
    this.inputs = step.inputs();
    this.hidden = new float[step.keys() * step.shape().stateSize()];
    this.outputs = new float[step.rows()];
  }

  @Override
  public void run() {
    if (step.together()) {
      forward(0, step.waves());
    } else {
      for (int wave = 0; wave < step.waves(); wave++) {
        forward(wave, 1);
      }
    }
  }

  private void forward(int wave, int waves) {
    sequence.reset(batchSizes, waves);
    int rowSize = step.hidden();
    System.arraycopy(
        inputs, wave * step.keys() * rowSize, sequence.inputs(), 0, waves * step.keys() * rowSize);
    engine.forward(sequence, hidden, outputs);
  }

  @Override
  public float[] outputs() {
    return outputs;
  }

  @Override
  public float[] states() {
    return hidden;
  }

  @Override
  public void close() {
    engine.close();
  }
}
