package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * What the gates of an LSTM see of its cells, Gers, Schraudolph &amp; Schmidhuber 2002: added to
 * their pre-activations in rows of gates [i | f | g | o]. The weights are halved, as those of the
 * products are.
 */
public final class Peepholes {
  private static final int GATES = 4;

  private final float[] weights; // [p_i | p_f | p_o], each padded and halved
  private final int width; // H, padded

  /**
   * Packs a layer's vectors.
   *
   * @param weights [3, hidden], p_i, p_f and p_o
   */
  public Peepholes(float[] weights, int hidden) {
    this.width = Lanes.padded(hidden);
    this.weights = new float[3 * width];
    for (int i = 0; i < weights.length; i++) {
      this.weights[i / hidden * width + i % hidden] = 0.5f * weights[i];
    }
  }

  /** Shows the input and the forget gate of one wave the cells of the step before. */
  void addBefore(float[] gates, int offset, int batch, float[] cells) {
    add(0, gates, offset, batch, cells);
    add(width, gates, offset + width, batch, cells);
  }

  /** Shows the output gate of one wave the cells of this step. */
  void addAfter(float[] gates, int offset, int batch, float[] cells) {
    add(2 * width, gates, offset + 3 * width, batch, cells);
  }

  private void add(int weight, float[] gates, int offset, int batch, float[] cells) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      FloatVector p = FloatVector.fromArray(FLOATS, weights, weight + unit);
      int gate = offset + unit;
      int c = unit;
      for (int row = 0; row < batch; row++) {
        FloatVector sum = FloatVector.fromArray(FLOATS, gates, gate);
        p.fma(FloatVector.fromArray(FLOATS, cells, c), sum).intoArray(gates, gate);
        gate += GATES * width;
        c += width;
      }
    }
  }
}
