package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * One step of an SRU for a batch, and the same step back, but for the products. A row of {@code
 * gates} is [U_c | f | r | U_x, where it is projected]; f and r hold half their argument first,
 * then its tanh, then the gradient by the argument. With hw the highway's input (α·x or U_x) and δ
 * the gradient of the loss by what stands after it:
 *
 * <pre>
 * δr_t = δh_t ⊙ (c_t − hw_t)             δhw_t = δh_t ⊙ (1 − r_t)
 * δc_t = δh_t ⊙ r_t + what came back from step t + 1
 * δf_t = δc_t ⊙ (c_{t-1} − U_c)          δU_c  = δc_t ⊙ (1 − f_t)
 * δU_f = δf ⊙ f ⊙ (1 − f)                δU_r  = δr ⊙ r ⊙ (1 − r)
 * δc_{t-1} = δc_t ⊙ f_t + δU_f ⊙ v_f + δU_r ⊙ v_r
 * δv   = Σ δU ⊙ c_{t-1}                  δb = Σ δU
 * </pre>
 */
public final class SruTraining {
  private static final FloatVector HALF = FloatVector.broadcast(FLOATS, 0.5f);
  private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1f);

  private final int width; // H, padded
  private final int stride; // floats of a row of gates

  /** For layers of {@code width} units, a whole number of vectors, and {@code blocks} blocks. */
  public SruTraining(int width, int blocks) {
    this.width = width;
    this.stride = width * blocks;
  }

  /**
   * f and r: half the argument becomes the whole tanh.
   *
   * @param gates from the step's first row on
   * @param halfRecurrent ½ · [v_f | v_r]
   * @param cells c, from that of the step before on
   */
  public void activate(
      float[] gates, int offset, int batch, float[] halfRecurrent, float[] cells, int before) {
    recur(gates, offset + width, batch, halfRecurrent, 0, cells, before);
    recur(gates, offset + 2 * width, batch, halfRecurrent, width, cells, before);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride + width;
      VectorTanh.apply(gates, at, gates, at, 2 * width);
    }
  }

  private void recur(
      float[] gates,
      int offset,
      int batch,
      float[] halfRecurrent,
      int recurrentOffset,
      float[] cells,
      int before) {
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int c = before + row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector.fromArray(FLOATS, halfRecurrent, recurrentOffset + unit)
            .fma(
                FloatVector.fromArray(FLOATS, cells, c + unit),
                FloatVector.fromArray(FLOATS, gates, at + unit))
            .intoArray(gates, at + unit);
      }
    }
  }

  /**
   * c_t and h_t from the gates.
   *
   * @param highway where x, or its projection, is: {@code highwayStride} floats between its rows
   * @param outputs h
   */
  public void update(
      float[] gates,
      int offset,
      int batch,
      float[] cells,
      int before,
      float[] highway,
      int highwayOffset,
      int highwayStride,
      float highwayScale,
      float[] outputs,
      int outputOffset) {
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    int after = before + batch * width;
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int way = highwayOffset + row * highwayStride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector candidate = FloatVector.fromArray(FLOATS, gates, at + unit);
        FloatVector f = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(HALF, HALF);
        FloatVector c = FloatVector.fromArray(FLOATS, cells, before + cell + unit).sub(candidate);
        c = f.fma(c, candidate);
        c.intoArray(cells, after + cell + unit);
        FloatVector carried = FloatVector.fromArray(FLOATS, highway, way + unit).mul(scale);
        FloatVector r = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit).fma(HALF, HALF);
        r.fma(c.sub(carried), carried).intoArray(outputs, outputOffset + cell + unit);
      }
    }
  }

  /**
   * The step back: gates become the gradients by their arguments.
   *
   * @param recurrent [v_f | v_r]
   * @param outputGradient δh
   * @param cellGradient [batch, width] δc from the step after; becomes that for the step before
   * @param highwayGradient receives α · δhw; may be {@code gates} where the highway is projected
   */
  public void backward(
      float[] gates,
      int offset,
      int batch,
      float[] recurrent,
      float[] cells,
      int before,
      float[] highway,
      int highwayOffset,
      int highwayStride,
      float highwayScale,
      float[] outputGradient,
      int outputOffset,
      float[] cellGradient,
      float[] highwayGradient,
      int highwayGradientOffset,
      int highwayGradientStride) {
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int way = highwayOffset + row * highwayStride;
      int wayGradient = highwayGradientOffset + row * highwayGradientStride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector dh = FloatVector.fromArray(FLOATS, outputGradient, outputOffset + cell + unit);
        FloatVector r = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit).fma(HALF, HALF);
        FloatVector keep = ONE.sub(r);
        FloatVector c = FloatVector.fromArray(FLOATS, cells, before + batch * width + cell + unit);
        FloatVector carried = FloatVector.fromArray(FLOATS, highway, way + unit).mul(scale);
        FloatVector dhKept = dh.mul(keep);
        dhKept.mul(scale).intoArray(highwayGradient, wayGradient + unit);
        FloatVector dr = dhKept.mul(c.sub(carried)).mul(r);
        dr.intoArray(gates, at + 2 * width + unit);
        FloatVector dc = dh.fma(r, FloatVector.fromArray(FLOATS, cellGradient, cell + unit));
        FloatVector f = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(HALF, HALF);
        FloatVector dcKept = dc.mul(ONE.sub(f));
        FloatVector candidate = FloatVector.fromArray(FLOATS, gates, at + unit);
        FloatVector df =
            FloatVector.fromArray(FLOATS, cells, before + cell + unit)
                .sub(candidate)
                .mul(dcKept)
                .mul(f);
        dcKept.intoArray(gates, at + unit);
        df.intoArray(gates, at + width + unit);
        FloatVector back = dc.mul(f);
        back = df.fma(FloatVector.fromArray(FLOATS, recurrent, unit), back);
        dr.fma(FloatVector.fromArray(FLOATS, recurrent, width + unit), back)
            .intoArray(cellGradient, cell + unit);
      }
    }
  }
}
