package dev.eddy.benchmarks.work;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;

/**
 * What is trained: one layer with as many inputs as units and a linear head, squared error, Adam.
 * Weights and data come from a fixed seed.
 *
 * @param cell the recurrence
 * @param hidden H, and D
 */
public record TrainCase(CellType cell, int hidden) {
  /** T, steps of a sequence. */
  public static final int STEPS = 64;

  /** B, sequences of an update. */
  public static final int BATCH = 32;

  /** O, outputs of the head. */
  public static final int OUTPUTS = 9;

  /** Of Adam. */
  public static final double LEARNING_RATE = 1e-3;

  /** Time-major inputs, [T, B, D]. */
  public float[] inputs() {
    return new StepCase(cell, hidden, BATCH, STEPS, true).inputs();
  }

  /** Time-major labels, [T, B, O]: other numbers of the same kind as the inputs. */
  public float[] labels() {
    return new StepCase(cell, OUTPUTS, BATCH, STEPS, true).inputs();
  }

  /** Weights to begin from, but for the head, which is {@link #head}. */
  public NetworkWeights weights() {
    return new StepCase(cell, hidden, 1).weights();
  }

  /** The head's weight, [H, O], to begin from; its bias begins at zero. */
  public float[] head() {
    float[] random = new StepCase(cell, hidden, OUTPUTS).inputs();
    float scale = (float) (1 / Math.sqrt(hidden));
    for (int i = 0; i < random.length; i++) {
      random[i] *= scale;
    }
    return random;
  }
}
