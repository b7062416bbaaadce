package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The part of a GRU step that is not a product, on rows of gates [z | r | n | m], one vector each:
 * n of the inputs, m of h, which the reset gate scales. Each stage is one loop with at most one
 * tanh, as in {@link LstmPointwise}.
 */
public final class GruPointwise implements GatePointwise {
  private static final int STRIDE = 4 * LENGTH;
  private static final int RESET = LENGTH;
  private static final int CANDIDATE = 2 * LENGTH;
  private static final int RECURRENT = 3 * LENGTH;

  /** h = (1 − z) ⊙ h + z ⊙ tanh(n + r ⊙ m). */
  @Override
  public void update(
      float[] gates,
      int rows,
      int unit,
      int unitStep,
      int firstRow,
      RowView previous,
      RowView cells,
      RowView outputs) {
    VectorTanh.ofColumn(gates, 0, STRIDE, rows);
    VectorTanh.ofColumn(gates, RESET, STRIDE, rows);
    reset(gates, rows);
    VectorTanh.ofColumn(gates, CANDIDATE, STRIDE, rows);
    mix(
        gates,
        rows,
        previous.values,
        previous.at(firstRow) + unit,
        previous.stride,
        outputs.values,
        outputs.at(firstRow) + unit,
        outputs.stride);
  }

  private static void reset(float[] gates, int rows) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector reset = FloatVector.fromArray(FLOATS, gates, gate + RESET).fma(half, half);
      FloatVector recurrent = FloatVector.fromArray(FLOATS, gates, gate + RECURRENT);
      reset
          .fma(recurrent, FloatVector.fromArray(FLOATS, gates, gate + CANDIDATE))
          .intoArray(gates, gate + CANDIDATE);
    }
  }

  private static void mix(
      float[] gates,
      int rows,
      float[] previous,
      int previousOffset,
      int previousStride,
      float[] outputs,
      int outputOffset,
      int outputStride) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector update = FloatVector.fromArray(FLOATS, gates, gate).fma(half, half);
      FloatVector before =
          FloatVector.fromArray(FLOATS, previous, previousOffset + row * previousStride);
      FloatVector candidate = FloatVector.fromArray(FLOATS, gates, gate + CANDIDATE);
      update
          .fma(candidate.sub(before), before)
          .intoArray(outputs, outputOffset + row * outputStride);
    }
  }
}
