package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The part of an SRU step that depends on the step before, on rows of products [c | f | r | (x')],
 * one vector each. Each stage is one loop with at most one tanh, as in {@link LstmPointwise}.
 */
public final class SruPointwise {
  private static final int FORGET = LENGTH;
  private static final int RESET = 2 * LENGTH;

  private final float[] recurrent; // [v_f | v_r], each padded and halved
  private final int width; // H, padded
  private final int stride; // floats of a row of products
  private final float highwayScale; // alpha

  /**
   * Packs a layer's vectors.
   *
   * @param recurrent [2, hidden], v_f and v_r
   * @param blocks 3, or 4 where the product holds a projection of the input
   */
  public SruPointwise(float[] recurrent, int hidden, int blocks, float highwayScale) {
    this.width = Lanes.padded(hidden);
    this.stride = blocks * LENGTH;
    this.highwayScale = highwayScale;
    this.recurrent = new float[2 * width];
    for (int i = 0; i < hidden; i++) {
      this.recurrent[i] = 0.5f * recurrent[i];
      this.recurrent[width + i] = 0.5f * recurrent[hidden + i];
    }
  }

  /**
   * Steps units as {@link GatePointwise#update} does: c = f ⊙ c + (1 − f) ⊙ U_c in place, then h =
   * r ⊙ c + (1 − r) ⊙ α · x.
   *
   * @param products [.., stride], overwritten
   * @param unitStep units between rows: 0, or, of one key, as many as a vector holds
   * @param firstRow the first of these rows in {@code products}
   * @param firstKey the first of these rows in {@code cells}
   * @param highway where these units' x, or its projection, is: [rows, highwayStride]
   * @param outputs where these units' h goes: [rows, outputStride]
   */
  public void update(
      float[] products,
      int firstRow,
      int rows,
      int unit,
      int unitStep,
      RowView cells,
      int firstKey,
      float[] highway,
      int highwayOffset,
      int highwayStride,
      float[] outputs,
      int outputOffset,
      int outputStride) {
    int u = firstRow * stride;
    float[] c = cells.values;
    int cAt = cells.at(firstKey) + unit;
    int cStride = cells.stride;
    VectorTanh.ofSum(
        products, u + FORGET, stride, recurrent, unit, unitStep, c, cAt, cStride, rows);
    VectorTanh.ofSum(
        products, u + RESET, stride, recurrent, width + unit, unitStep, c, cAt, cStride, rows);
    mix(
        products,
        u,
        rows,
        c,
        cAt,
        cStride,
        highway,
        highwayOffset,
        highwayStride,
        outputs,
        outputOffset,
        outputStride);
  }

  private void mix(
      float[] products,
      int offset,
      int rows,
      float[] cells,
      int cellOffset,
      int cellStride,
      float[] highway,
      int highwayOffset,
      int highwayStride,
      float[] outputs,
      int outputOffset,
      int outputStride) {
    FloatVector scale = FloatVector.broadcast(FLOATS, highwayScale);
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int u = offset + row * stride;
      int c = cellOffset + row * cellStride;
      FloatVector candidate = FloatVector.fromArray(FLOATS, products, u);
      FloatVector forget = FloatVector.fromArray(FLOATS, products, u + FORGET).fma(half, half);
      FloatVector cell = FloatVector.fromArray(FLOATS, cells, c).sub(candidate);
      cell = forget.fma(cell, candidate);
      cell.intoArray(cells, c);
      FloatVector carried =
          FloatVector.fromArray(FLOATS, highway, highwayOffset + row * highwayStride).mul(scale);
      FloatVector reset = FloatVector.fromArray(FLOATS, products, u + RESET).fma(half, half);
      reset.fma(cell.sub(carried), carried).intoArray(outputs, outputOffset + row * outputStride);
    }
  }
}
