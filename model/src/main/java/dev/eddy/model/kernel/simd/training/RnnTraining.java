package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import dev.eddy.model.kernel.simd.RnnPointwise;
import dev.eddy.model.kernel.simd.VectorTanh;
import jdk.incubator.vector.FloatVector;

/**
 * One step of a leaky RNN for a batch, and the same step back, but for the products: {@code h_t =
 * (1 − a) ⊙ h_{t-1} + a ⊙ y}, y = tanh(z). {@code gates} hold z, then y, then the gradient by z.
 */
public final class RnnTraining {
  private final int width; // H, padded
  private final float leak; // a

  /** For layers of {@code width} units, a whole number of vectors. */
  public RnnTraining(int width, float leak) {
    this.width = width;
    this.leak = leak;
  }

  /** y and h_t, from h of the step before on. */
  public void forward(float[] gates, int offset, int batch, float[] outputs, int before) {
    int size = batch * width;
    VectorTanh.apply(gates, offset, gates, offset, size);
    RnnPointwise.mix(leak, gates, offset, size, outputs, before, outputs, before + size);
  }

  /**
   * The step back.
   *
   * @param outputGradient δh from above
   * @param recurrentGradient [batch, width] δh from the step after; becomes the part of that for
   *     the step before that no product brings
   */
  public void backward(
      float[] gates,
      int offset,
      int batch,
      float[] outputGradient,
      int outputOffset,
      float[] recurrentGradient) {
    FloatVector a = FloatVector.broadcast(FLOATS, leak);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < batch * width; i += LENGTH) {
      FloatVector dh =
          FloatVector.fromArray(FLOATS, outputGradient, outputOffset + i)
              .add(FloatVector.fromArray(FLOATS, recurrentGradient, i));
      FloatVector y = FloatVector.fromArray(FLOATS, gates, offset + i);
      one.sub(y.mul(y)).mul(a).mul(dh).intoArray(gates, offset + i);
      one.sub(a).mul(dh).intoArray(recurrentGradient, i);
    }
  }
}
