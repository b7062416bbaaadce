package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import dev.eddy.model.kernel.simd.VectorTanh;
import jdk.incubator.vector.FloatVector;

/**
 * One step of a GRU for a batch, and the same step back, but for the products. A row of {@code
 * gates} is [z | r | n]; z and r hold half their argument first, then its tanh, then all three the
 * gradient by the argument. A row of {@code inner} is m = h_{t-1}·R_n + b_m, which the reset gate
 * scales, then the gradient by it. With δ the gradient of the loss by what stands after it:
 *
 * <pre>
 * n = tanh(x·W_n + b_n + r ⊙ m)          h_t = (1 − z) ⊙ h_{t-1} + z ⊙ n
 * δz_n = δh ⊙ z ⊙ (1 − n²)               δm   = δz_n ⊙ r
 * δz_r = δz_n ⊙ m ⊙ r ⊙ (1 − r)          δz_z = δh ⊙ (n − h_{t-1}) ⊙ z ⊙ (1 − z)
 * δh_{t-1} = δh ⊙ (1 − z) + what the products with δz_z, δz_r and δm bring
 * </pre>
 */
public final class GruTraining {

  private final int width; // H, padded
  private final int stride; // floats of a row of gates

  /** For layers of {@code width} units, a whole number of vectors. */
  public GruTraining(int width) {
    this.width = width;
    this.stride = 3 * width;
  }

  /** All arguments become tanh. */
  public void activate(float[] gates, int offset, int batch, float[] inner, int innerOffset) {
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      VectorTanh.apply(gates, at, gates, at, 2 * width);
    }
    reset(gates, offset, batch, inner, innerOffset);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride + 2 * width;
      VectorTanh.apply(gates, at, gates, at, width);
    }
  }

  private void reset(float[] gates, int offset, int batch, float[] inner, int innerOffset) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int m = innerOffset + row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector.fromArray(FLOATS, gates, at + width + unit)
            .fma(half, half)
            .fma(
                FloatVector.fromArray(FLOATS, inner, m + unit),
                FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit))
            .intoArray(gates, at + 2 * width + unit);
      }
    }
  }

  /** h_t, from that of the step before on. */
  public void update(float[] gates, int offset, int batch, float[] outputs, int before) {
    int after = before + batch * width;
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector z = FloatVector.fromArray(FLOATS, gates, at + unit).fma(half, half);
        FloatVector n = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit);
        FloatVector h = FloatVector.fromArray(FLOATS, outputs, before + cell + unit);
        z.fma(n.sub(h), h).intoArray(outputs, after + cell + unit);
      }
    }
  }

  /**
   * The step back: gates and inner become the gradients by them.
   *
   * @param outputGradient δh from above
   * @param recurrentGradient [batch, width] δh from the step after; becomes the part of that for
   *     the step before that no product brings
   */
  public void backward(
      float[] gates,
      int offset,
      int batch,
      float[] inner,
      int innerOffset,
      float[] outputs,
      int before,
      float[] outputGradient,
      int outputOffset,
      float[] recurrentGradient) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector dh =
            FloatVector.fromArray(FLOATS, outputGradient, outputOffset + cell + unit)
                .add(FloatVector.fromArray(FLOATS, recurrentGradient, cell + unit));
        FloatVector z = FloatVector.fromArray(FLOATS, gates, at + unit).fma(half, half);
        FloatVector n = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit);
        FloatVector kept = one.sub(z).mul(dh);
        kept.intoArray(recurrentGradient, cell + unit);
        n.sub(FloatVector.fromArray(FLOATS, outputs, before + cell + unit))
            .mul(kept)
            .mul(z)
            .intoArray(gates, at + unit);
        FloatVector dn = one.sub(n.mul(n)).mul(dh).mul(z);
        dn.intoArray(gates, at + 2 * width + unit);
        FloatVector r = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(half, half);
        FloatVector m = FloatVector.fromArray(FLOATS, inner, innerOffset + cell + unit);
        FloatVector dm = dn.mul(r);
        dm.intoArray(inner, innerOffset + cell + unit);
        dm.mul(one.sub(r)).mul(m).intoArray(gates, at + width + unit);
      }
    }
  }
}
