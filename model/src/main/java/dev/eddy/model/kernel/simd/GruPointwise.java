package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The part of a GRU step that is not a product, on rows of gates [z | r | n | m]: n of the inputs,
 * m of h, which the reset gate scales. Each stage is one loop with at most one tanh, as in {@link
 * SruPointwise}.
 */
public final class GruPointwise {
  private static final FloatVector HALF = FloatVector.broadcast(FLOATS, 0.5f);

  private final int width; // H, padded

  public GruPointwise(int width) {
    this.width = width;
  }

  /** h = (1 − z) ⊙ h + z ⊙ tanh(n + r ⊙ m) in place, for one wave. */
  public void update(float[] gates, int offset, int batch, float[] outputs) {
    for (int row = 0; row < batch; row++) {
      int z = offset + row * 4 * width;
      VectorTanh.apply(gates, z, gates, z, 2 * width);
    }
    reset(gates, offset, batch);
    for (int row = 0; row < batch; row++) {
      int n = offset + (row * 4 + 2) * width;
      VectorTanh.apply(gates, n, gates, n, width);
    }
    mix(gates, offset, batch, outputs);
  }

  private void reset(float[] gates, int offset, int batch) {
    for (int row = 0; row < batch; row++) {
      int gate = offset + row * 4 * width;
      for (int unit = 0; unit < width; unit += LENGTH, gate += LENGTH) {
        FloatVector reset = FloatVector.fromArray(FLOATS, gates, gate + width).fma(HALF, HALF);
        reset
            .fma(
                FloatVector.fromArray(FLOATS, gates, gate + 3 * width),
                FloatVector.fromArray(FLOATS, gates, gate + 2 * width))
            .intoArray(gates, gate + 2 * width);
      }
    }
  }

  private void mix(float[] gates, int offset, int batch, float[] outputs) {
    for (int row = 0; row < batch; row++) {
      int gate = offset + row * 4 * width;
      int h = row * width;
      for (int unit = 0; unit < width; unit += LENGTH, gate += LENGTH, h += LENGTH) {
        FloatVector update = FloatVector.fromArray(FLOATS, gates, gate).fma(HALF, HALF);
        FloatVector before = FloatVector.fromArray(FLOATS, outputs, h);
        FloatVector candidate = FloatVector.fromArray(FLOATS, gates, gate + 2 * width);
        update.fma(candidate.sub(before), before).intoArray(outputs, h);
      }
    }
  }
}
