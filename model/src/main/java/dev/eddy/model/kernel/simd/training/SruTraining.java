package dev.eddy.model.kernel.simd.training;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import dev.eddy.model.kernel.simd.VectorTanh;
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
    for (int unit = 0; unit < width; unit += LENGTH) {
      int f = offset + width + unit;
      int r = f + width;
      int cell = before + unit;
      int vr = width + unit;
      VectorTanh.ofSum(gates, f, stride, halfRecurrent, unit, cells, cell, width, batch);
      VectorTanh.ofSum(gates, r, stride, halfRecurrent, vr, cells, cell, width, batch);
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
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    int after = before + batch * width;
    for (int row = 0; row < batch; row++) {
      int at = offset + row * stride;
      int way = highwayOffset + row * highwayStride;
      int cell = row * width;
      for (int unit = 0; unit < width; unit += LENGTH) {
        FloatVector candidate = FloatVector.fromArray(FLOATS, gates, at + unit);
        FloatVector f = FloatVector.fromArray(FLOATS, gates, at + width + unit).fma(half, half);
        FloatVector c = FloatVector.fromArray(FLOATS, cells, before + cell + unit).sub(candidate);
        c = f.fma(c, candidate);
        c.intoArray(cells, after + cell + unit);
        FloatVector carried = FloatVector.fromArray(FLOATS, highway, way + unit).mul(scale);
        FloatVector r = FloatVector.fromArray(FLOATS, gates, at + 2 * width + unit).fma(half, half);
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
   * @param sums [4 * width] to which the gradients by v_f, v_r, b_f, b_r are added
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
      int highwayGradientStride,
      float[] sums) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      backward(
          gates,
          offset + unit,
          batch,
          recurrent,
          unit,
          cells,
          before + unit,
          highway,
          highwayOffset + unit,
          highwayStride,
          highwayScale,
          outputGradient,
          outputOffset + unit,
          cellGradient,
          highwayGradient,
          highwayGradientOffset + unit,
          highwayGradientStride,
          sums);
    }
  }

  /** One vector of units, all rows. */
  private void backward(
      float[] gates,
      int at,
      int batch,
      float[] recurrent,
      int unit,
      float[] cells,
      int before,
      float[] highway,
      int way,
      int wayStride,
      float highwayScale,
      float[] outputGradient,
      int output,
      float[] cellGradient,
      float[] highwayGradient,
      int wayGradient,
      int wayGradientStride,
      float[] sums) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    FloatVector vf = FloatVector.fromArray(FLOATS, recurrent, unit);
    FloatVector vr = FloatVector.fromArray(FLOATS, recurrent, width + unit);
    FloatVector sumVf = FloatVector.fromArray(FLOATS, sums, unit);
    FloatVector sumVr = FloatVector.fromArray(FLOATS, sums, width + unit);
    FloatVector sumBf = FloatVector.fromArray(FLOATS, sums, 2 * width + unit);
    FloatVector sumBr = FloatVector.fromArray(FLOATS, sums, 3 * width + unit);
    int after = before + batch * width;
    for (int row = 0; row < batch; row++) {
      int gate = at + row * stride;
      int cell = row * width;
      FloatVector dh = FloatVector.fromArray(FLOATS, outputGradient, output + cell);
      FloatVector r = FloatVector.fromArray(FLOATS, gates, gate + 2 * width).fma(half, half);
      FloatVector carried =
          FloatVector.fromArray(FLOATS, highway, way + row * wayStride).mul(scale);
      FloatVector dhKept = dh.mul(one.sub(r));
      dhKept.mul(scale).intoArray(highwayGradient, wayGradient + row * wayGradientStride);
      FloatVector dr =
          dhKept.mul(FloatVector.fromArray(FLOATS, cells, after + cell).sub(carried)).mul(r);
      dr.intoArray(gates, gate + 2 * width);
      FloatVector dc = dh.fma(r, FloatVector.fromArray(FLOATS, cellGradient, unit + cell));
      FloatVector f = FloatVector.fromArray(FLOATS, gates, gate + width).fma(half, half);
      FloatVector dcKept = dc.mul(one.sub(f));
      FloatVector c = FloatVector.fromArray(FLOATS, cells, before + cell);
      FloatVector df = c.sub(FloatVector.fromArray(FLOATS, gates, gate)).mul(dcKept).mul(f);
      dcKept.intoArray(gates, gate);
      df.intoArray(gates, gate + width);
      dr.fma(vr, df.fma(vf, dc.mul(f))).intoArray(cellGradient, unit + cell);
      sumVf = df.fma(c, sumVf);
      sumVr = dr.fma(c, sumVr);
      sumBf = sumBf.add(df);
      sumBr = sumBr.add(dr);
    }
    sumVf.intoArray(sums, unit);
    sumVr.intoArray(sums, width + unit);
    sumBf.intoArray(sums, 2 * width + unit);
    sumBr.intoArray(sums, 3 * width + unit);
  }
}
