package dev.eddy.model.kernel.simd;

import static dev.eddy.model.kernel.simd.Lanes.FLOATS;
import static dev.eddy.model.kernel.simd.Lanes.LENGTH;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * The part of an LSTM step that is not a product, on rows of gates [i | f | g | o], one vector
 * each. Each stage is one loop with at most one tanh: more vector operations in a compiled method
 * than the JIT has nodes for would be boxed.
 */
public final class LstmPointwise implements GatePointwise {
  private static final int STRIDE = 4 * LENGTH;
  private static final int FORGET = LENGTH;
  private static final int CANDIDATE = 2 * LENGTH;
  private static final int OUTPUT = 3 * LENGTH;

  private final Optional<Peepholes> peepholes;

  public LstmPointwise(Optional<Peepholes> peepholes) {
    this.peepholes = peepholes;
  }

  /** c = f ⊙ c + i ⊙ g in place, then h = o ⊙ tanh(c). */
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
    int c = cells.at(firstRow) + unit;
    if (peepholes.isEmpty()) {
      VectorTanh.apply(gates, 0, gates, 0, rows * STRIDE);
      updateCells(gates, rows, cells.values, c, cells.stride);
    } else {
      Peepholes seen = peepholes.get();
      seen.activateInput(gates, 0, STRIDE, unit, unitStep, cells.values, c, cells.stride, rows);
      seen.activateForget(
          gates, FORGET, STRIDE, unit, unitStep, cells.values, c, cells.stride, rows);
      VectorTanh.ofColumn(gates, CANDIDATE, STRIDE, rows);
      updateCells(gates, rows, cells.values, c, cells.stride);
      seen.activateOutput(
          gates, OUTPUT, STRIDE, unit, unitStep, cells.values, c, cells.stride, rows);
    }
    VectorTanh.ofColumn(gates, 0, STRIDE, rows);
    putOut(gates, rows, outputs.values, outputs.at(firstRow) + unit, outputs.stride);
  }

  /** Leaves c in the input gate's place too. */
  private static void updateCells(
      float[] gates, int rows, float[] cells, int cellOffset, int cellStride) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector input = FloatVector.fromArray(FLOATS, gates, gate).fma(half, half);
      FloatVector forget = FloatVector.fromArray(FLOATS, gates, gate + FORGET).fma(half, half);
      FloatVector candidate = FloatVector.fromArray(FLOATS, gates, gate + CANDIDATE);
      int c = cellOffset + row * cellStride;
      FloatVector cell = forget.fma(FloatVector.fromArray(FLOATS, cells, c), input.mul(candidate));
      cell.intoArray(cells, c);
      cell.intoArray(gates, gate);
    }
  }

  private static void putOut(
      float[] gates, int rows, float[] outputs, int outputOffset, int outputStride) {
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector output = FloatVector.fromArray(FLOATS, gates, gate + OUTPUT).fma(half, half);
      output
          .mul(FloatVector.fromArray(FLOATS, gates, gate))
          .intoArray(outputs, outputOffset + row * outputStride);
    }
  }
}
