package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import dev.eddy.model.kernel.simd.VectorTanh;
import jdk.incubator.vector.FloatVector;

/**
 * One step of an LSTM for a batch, and the same step back, but for the products. A row of {@code
 * gates} is [i | f | g | o]; i, f and o hold half their argument first, then its tanh, then all
 * four the gradient by the argument. With δ the gradient of the loss by what stands after it:
 *
 * <pre>
 * c_t = f ⊙ c_{t-1} + i ⊙ g             h_t = o ⊙ tanh(c_t)
 * δz_o = δh ⊙ tanh(c_t) ⊙ o ⊙ (1 − o)
 * δc_t = δh ⊙ o ⊙ (1 − tanh²(c_t)) + what came back (+ p_o ⊙ δz_o)
 * δz_f = δc_t ⊙ c_{t-1} ⊙ f ⊙ (1 − f)   δz_i = δc_t ⊙ g ⊙ i ⊙ (1 − i)
 * δz_g = δc_t ⊙ i ⊙ (1 − g²)            δc_{t-1} = δc_t ⊙ f (+ p_i ⊙ δz_i + p_f ⊙ δz_f)
 * </pre>
 */
public final class LstmTraining {

  private final int width; // H, padded
  private final int stride; // floats of a row of gates

  /** For layers of {@code width} units, a whole number of vectors. */
  public LstmTraining(int width) {
    this.width = width;
    this.stride = 4 * width;
  }

  /** tanh of all arguments in place. */
  public void activate(float[] gates, int offset, int batch) {
    VectorTanh.apply(gates, offset, gates, offset, batch * stride);
  }

  /** tanh of the arguments of i, f and g, or of o, in place. */
  public void activate(float[] gates, int offset, int batch, boolean output) {
    int first = output ? 3 * width : 0;
    int count = output ? width : 3 * width;
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride + first;
      VectorTanh.apply(gates, at, gates, at, count);
    }
  }

  /** Adds peephole ⊙ cells to a gate's argument; {@code peephole} is halved as the argument is. */
  public void peep(
      float[] gates,
      int offset,
      int batch,
      int block,
      float[] peephole,
      int peepholeOffset,
      float[] cells,
      int cellsOffset) {
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride + block * width;
      int cell = cellsOffset + row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector.fromArray(FLOATS, peephole, peepholeOffset + unit)
            .fma(
                FloatVector.fromArray(FLOATS, cells, cell + unit),
                FloatVector.fromArray(FLOATS, gates, at + unit))
            .intoArray(gates, at + unit);
      }
    }
  }

  /** c_t from i, f, g. */
  public void updateCells(float[] gates, int offset, int batch, float[] cells, int before) {
    int after = before + batch * width;
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector i = FloatVector.fromArray(FLOATS, gates, at + unit).fma(half, half);
        FloatVector f = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(half, half);
        FloatVector g = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit);
        f.fma(FloatVector.fromArray(FLOATS, cells, before + cell + unit), i.mul(g))
            .intoArray(cells, after + cell + unit);
      }
    }
  }

  /** tanh(c_t), kept, and h_t. */
  public void putOut(
      float[] gates,
      int offset,
      int batch,
      float[] cells,
      int after,
      float[] squashed,
      int squashedOffset,
      float[] outputs,
      int outputOffset) {
    VectorTanh.apply(cells, after, squashed, squashedOffset, batch * width);
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride + 3 * width;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector.fromArray(FLOATS, gates, at + unit)
            .fma(half, half)
            .mul(FloatVector.fromArray(FLOATS, squashed, squashedOffset + cell + unit))
            .intoArray(outputs, outputOffset + cell + unit);
      }
    }
  }

  /**
   * The step back: gates become the gradients by their arguments.
   *
   * @param peephole [p_i | p_f | p_o], zero without
   * @param outputGradient δh from above
   * @param recurrentGradient [batch, width] δh from the step after
   * @param cellGradient [batch, width] δc from the step after; becomes that for the step before
   */
  public void backward(
      float[] gates,
      int offset,
      int batch,
      float[] peephole,
      float[] cells,
      int before,
      float[] squashed,
      int squashedOffset,
      float[] outputGradient,
      int outputOffset,
      float[] recurrentGradient,
      float[] cellGradient) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector dh =
            FloatVector.fromArray(FLOATS, outputGradient, outputOffset + cell + unit)
                .add(FloatVector.fromArray(FLOATS, recurrentGradient, cell + unit));
        FloatVector o = FloatVector.fromArray(FLOATS, gates, at + 3 * width + unit).fma(half, half);
        FloatVector tanh = FloatVector.fromArray(FLOATS, squashed, squashedOffset + cell + unit);
        FloatVector dho = dh.mul(o);
        FloatVector dzo = dho.mul(one.sub(o)).mul(tanh);
        dzo.intoArray(gates, at + 3 * width + unit);
        FloatVector dc = FloatVector.fromArray(FLOATS, cellGradient, cell + unit).add(dho);
        dc = dho.mul(tanh).neg().fma(tanh, dc);
        dc = dzo.fma(FloatVector.fromArray(FLOATS, peephole, 2 * width + unit), dc);
        FloatVector i = FloatVector.fromArray(FLOATS, gates, at + unit).fma(half, half);
        FloatVector g = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit);
        FloatVector dci = dc.mul(i);
        one.sub(g.mul(g)).mul(dci).intoArray(gates, at + 2 * width + unit);
        FloatVector dzi = dci.mul(one.sub(i)).mul(g);
        dzi.intoArray(gates, at + unit);
        FloatVector f = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(half, half);
        FloatVector back = dc.mul(f);
        FloatVector dzf =
            back.mul(one.sub(f)).mul(FloatVector.fromArray(FLOATS, cells, before + cell + unit));
        dzf.intoArray(gates, at + width + unit);
        back = dzi.fma(FloatVector.fromArray(FLOATS, peephole, unit), back);
        dzf.fma(FloatVector.fromArray(FLOATS, peephole, width + unit), back)
            .intoArray(cellGradient, cell + unit);
      }
    }
  }
}
