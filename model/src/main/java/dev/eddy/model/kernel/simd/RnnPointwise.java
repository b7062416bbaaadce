package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The part of a leaky unit's step that is not a product. */
public final class RnnPointwise {
  private final float leak;

  /** Units of which each step replaces the share {@code leak}. */
  public RnnPointwise(float leak) {
    this.leak = leak;
  }

  /** h = (1 − a) ⊙ h + a ⊙ tanh(sums) in place, for {@code count} numbers of one wave. */
  public void update(float[] sums, int offset, int count, float[] outputs) {
    if (leak == 1) {
      VectorTanh.apply(sums, offset, outputs, 0, count);
    } else {
      VectorTanh.apply(sums, offset, sums, offset, count);
      mix(sums, offset, count, outputs);
    }
  }

  private void mix(float[] candidates, int offset, int count, float[] outputs) {
    FloatVector share = FloatVector.broadcast(FLOATS, leak);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector before = FloatVector.fromArray(FLOATS, outputs, i);
      FloatVector candidate = FloatVector.fromArray(FLOATS, candidates, offset + i);
      share.fma(candidate.sub(before), before).intoArray(outputs, i);
    }
  }
}
