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
    if (peepholes.isEmpty()) {
      VectorTanh.apply(gates, 0, gates, 0, rows * STRIDE);
      updateCells(gates, rows, unit, firstRow, cells);
    } else {
      Peepholes seen = peepholes.get();
      seen.activate(gates, 0, STRIDE, rows, 0, unit, unitStep, firstRow, cells);
      seen.activate(gates, FORGET, STRIDE, rows, 1, unit, unitStep, firstRow, cells);
      VectorTanh.ofColumn(gates, CANDIDATE, STRIDE, rows);
      updateCells(gates, rows, unit, firstRow, cells);
      seen.activate(gates, OUTPUT, STRIDE, rows, 2, unit, unitStep, firstRow, cells);
    }
    VectorTanh.ofColumn(gates, 0, STRIDE, rows);
    putOut(gates, rows, unit, firstRow, outputs);
  }

  /** Leaves c in the input gate's place too. */
  private static void updateCells(float[] gates, int rows, int unit, int firstRow, RowView cells) {
    float[] values = cells.values;
    int from = cells.at(firstRow) + unit;
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector input = FloatVector.fromArray(FLOATS, gates, gate).fma(half, half);
      FloatVector forget = FloatVector.fromArray(FLOATS, gates, gate + FORGET).fma(half, half);
      FloatVector candidate = FloatVector.fromArray(FLOATS, gates, gate + CANDIDATE);
      int c = from + row * cells.stride;
      FloatVector cell = forget.fma(FloatVector.fromArray(FLOATS, values, c), input.mul(candidate));
      cell.intoArray(values, c);
      cell.intoArray(gates, gate);
    }
  }

  private static void putOut(float[] gates, int rows, int unit, int firstRow, RowView outputs) {
    float[] values = outputs.values;
    int to = outputs.at(firstRow) + unit;
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    for (int row = 0; row < rows; row++) {
      int gate = row * STRIDE;
      FloatVector output = FloatVector.fromArray(FLOATS, gates, gate + OUTPUT).fma(half, half);
      output
          .mul(FloatVector.fromArray(FLOATS, gates, gate))
          .intoArray(values, to + row * outputs.stride);
    }
  }
}
