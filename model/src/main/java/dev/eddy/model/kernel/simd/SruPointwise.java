package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The part of an SRU step that depends on the step before. Each stage is one loop with at most one
 * tanh: more vector operations in a compiled method than the JIT has nodes for would be boxed.
 */
public final class SruPointwise {
  /** Block of the forget gate in a product's row; the reset gate follows it. */
  private static final int FORGET = 1;

  private static final int RESET = 2;

  private static final FloatVector HALF = FloatVector.broadcast(FLOATS, 0.5f);

  private final float[] recurrent; // [v_f | v_r], each padded and halved
  private final int width; // H, padded
  private final int stride; // floats of a product's row
  private final float highwayScale; // alpha

  /**
   * Packs a layer's vectors.
   *
   * @param recurrent [2, hidden], v_f and v_r
   */
  public SruPointwise(float[] recurrent, int hidden, int stride, float highwayScale) {
    this.width = Lanes.padded(hidden);
    this.stride = stride;
    this.highwayScale = highwayScale;
    this.recurrent = new float[2 * width];
    for (int i = 0; i < hidden; i++) {
      this.recurrent[i] = 0.5f * recurrent[i];
      this.recurrent[width + i] = 0.5f * recurrent[hidden + i];
    }
  }

  /** Turns both gates' pre-activations into tanh(½ · (U + v ⊙ c + b)), in place, for one wave. */
  public void activate(float[] products, int firstRow, int batch, float[] cells) {
    recur(products, firstRow, batch, FORGET, cells);
    recur(products, firstRow, batch, RESET, cells);
    for (int row = firstRow; row < firstRow + batch; row++) {
      int gates = row * stride + FORGET * width;
      VectorTanh.apply(products, gates, products, gates, 2 * width);
    }
  }

  private void recur(float[] products, int firstRow, int batch, int block, float[] cells) {
    for (int unit = 0; unit < width; unit += LENGTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, recurrent, (block - 1) * width + unit);
      int u = firstRow * stride + block * width + unit;
      int c = unit;
      for (int row = 0; row < batch; row++) {
        FloatVector sum =
            v.fma(
                FloatVector.fromArray(FLOATS, cells, c),
                FloatVector.fromArray(FLOATS, products, u));
        sum.intoArray(products, u);
        u += stride;
        c += width;
      }
    }
  }

  /**
   * c = f ⊙ c + (1 − f) ⊙ U_c in place, then h = r ⊙ c + (1 − r) ⊙ α · x, for one wave.
   *
   * @param highway where x, or its projection, is: [batch, highwayStride] from an offset on
   * @param outputs [rows, width], all rows of the sequence
   */
  public void update(
      float[] products,
      int firstRow,
      int batch,
      float[] cells,
      float[] highway,
      int highwayOffset,
      int highwayStride,
      float[] outputs) {
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    for (int unit = 0; unit < width; unit += LENGTH) {
      int u = firstRow * stride + unit;
      int x = highwayOffset + unit;
      int c = unit;
      int h = firstRow * width + unit;
      for (int row = 0; row < batch; row++) {
        FloatVector candidate = FloatVector.fromArray(FLOATS, products, u);
        FloatVector forget =
            FloatVector.fromArray(FLOATS, products, u + FORGET * width).fma(HALF, HALF);
        FloatVector cell = FloatVector.fromArray(FLOATS, cells, c).sub(candidate);
        cell = forget.fma(cell, candidate);
        cell.intoArray(cells, c);
        FloatVector carried = FloatVector.fromArray(FLOATS, highway, x).mul(scale);
        FloatVector reset =
            FloatVector.fromArray(FLOATS, products, u + RESET * width).fma(HALF, HALF);
        reset.fma(cell.sub(carried), carried).intoArray(outputs, h);
        u += stride;
        x += highwayStride;
        c += width;
        h += width;
      }
    }
  }
}
