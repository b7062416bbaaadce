package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * The part of an LSTM step that is not a product, on rows of gates [i | f | g | o]. Each stage is
 * one loop with at most one tanh, as in {@link SruPointwise}.
 */
public final class LstmPointwise {
  private static final FloatVector HALF = FloatVector.broadcast(FLOATS, 0.5f);

  private final int width; // H, padded
  private final Optional<Peepholes> peepholes;

  public LstmPointwise(int width, Optional<Peepholes> peepholes) {
    this.width = width;
    this.peepholes = peepholes;
  }

  /** c = f ⊙ c + i ⊙ g in place, then h = o ⊙ tanh(c), for one wave. */
  public void update(float[] gates, int offset, int batch, float[] cells, float[] outputs) {
    if (peepholes.isEmpty()) {
      VectorTanh.apply(gates, offset, gates, offset, 4 * batch * width);
      updateCells(gates, offset, batch, cells);
    } else {
      peepholes.get().addBefore(gates, offset, batch, cells);
      activate(gates, offset, batch, 3);
      updateCells(gates, offset, batch, cells);
      peepholes.get().addAfter(gates, offset, batch, cells);
      activate(gates, offset + 3 * width, batch, 1);
    }
    putOut(gates, offset, batch, cells, outputs);
  }

  private void activate(float[] gates, int offset, int batch, int blocks) {
    for (int row = 0; row < batch; row++) {
      int gate = offset + row * 4 * width;
      VectorTanh.apply(gates, gate, gates, gate, blocks * width);
    }
  }

  private void updateCells(float[] gates, int offset, int batch, float[] cells) {
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

  private void putOut(float[] gates, int offset, int batch, float[] cells, float[] outputs) {
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
