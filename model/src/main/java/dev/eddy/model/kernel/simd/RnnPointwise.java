package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The part of a plain or leaky unit's step that is not a product. */
public final class RnnPointwise {
  private final float leak;

  /** Units of which each step replaces the share {@code leak}. */
  public RnnPointwise(float leak) {
    this.leak = leak;
  }

  /**
   * h = (1 − a) ⊙ h + a ⊙ tanh(sums), for the rows of one wave.
   *
   * @param sums [rows, width] from an offset on, overwritten
   * @param outputs [rows, width] from an offset on
   */
  public void update(
      float[] sums,
      int offset,
      int rows,
      int width,
      RowView previous,
      float[] outputs,
      int outputOffset) {
    if (leak == 1) {
      VectorTanh.apply(sums, offset, outputs, outputOffset, rows * width);
      return;
    }
    VectorTanh.apply(sums, offset, sums, offset, rows * width);
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      int from = previous.at(row);
      mix(leak, sums, offset + at, width, previous.values, from, outputs, outputOffset + at);
    }
  }

  /** outputs = (1 − a) ⊙ previous + a ⊙ candidates, which is the candidates where a is 1. */
  public static void mix(
      float leak,
      float[] candidates,
      int offset,
      int width,
      float[] previous,
      int previousOffset,
      float[] outputs,
      int outputOffset) {
    FloatVector share = FloatVector.broadcast(FLOATS, leak);
    FloatVector rest = FloatVector.broadcast(FLOATS, 1 - leak);
    for (int unit = 0; unit < width; unit += LENGTH) {
      FloatVector before = FloatVector.fromArray(FLOATS, previous, previousOffset + unit);
      FloatVector candidate = FloatVector.fromArray(FLOATS, candidates, offset + unit);
      share.fma(candidate, rest.mul(before)).intoArray(outputs, outputOffset + unit);
    }
  }
}
