package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The part of an LSTM step that is not a product, on rows of gates [i | f | g | o]. Each stage is
 * one loop with at most one tanh, as in {@link SruPointwise}.
 */
public final class LstmPointwise {
  private static final FloatVector HALF = FloatVector.broadcast(FLOATS, 0.5f);

  private final int width; // H, padded

  public LstmPointwise(int width) {
    this.width = width;
  }

  /** tanh in place of {@code count} pre-activations, a multiple of the vectors' length. */
  public void activate(float[] gates, int offset, int count) {
    VectorTanh.apply(gates, offset, gates, offset, count);
  }

  /** c = f ⊙ c + i ⊙ g, for one wave. */
  public void updateCells(float[] gates, int offset, int batch, float[] cells) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      int gate = offset + unit;
      int c = unit;
      for (int row = 0; row < batch; row++) {
        FloatVector input = FloatVector.fromArray(FLOATS, gates, gate).fma(HALF, HALF);
        FloatVector forget = FloatVector.fromArray(FLOATS, gates, gate + width).fma(HALF, HALF);
        FloatVector candidate = FloatVector.fromArray(FLOATS, gates, gate + 2 * width);
        FloatVector cell = FloatVector.fromArray(FLOATS, cells, c);
        forget.fma(cell, input.mul(candidate)).intoArray(cells, c);
        gate += 4 * width;
        c += width;
      }
    }
  }

  /** h = o ⊙ tanh(c), for one wave. */
  public void putOut(float[] gates, int offset, int batch, float[] cells, float[] outputs) {
    VectorTanh.apply(cells, 0, outputs, 0, batch * width);
    for (int unit = 0; unit < width; unit += LENGTH) {
      int gate = offset + 3 * width + unit;
      int c = unit;
      for (int row = 0; row < batch; row++) {
        FloatVector squashed = FloatVector.fromArray(FLOATS, outputs, c);
        FloatVector.fromArray(FLOATS, gates, gate)
            .fma(HALF, HALF)
            .mul(squashed)
            .intoArray(outputs, c);
        gate += 4 * width;
        c += width;
      }
    }
  }
}
