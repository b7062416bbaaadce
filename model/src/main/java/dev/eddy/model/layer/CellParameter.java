package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.NamedArrays;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One of a recurrent layer's parameters, row-major, of the name and layout in which Eddy stores it.
 *
 * @param name one of {@link NamedArrays}
 * @param rows of the matrix; 1: a vector
 * @param columns of the matrix
 * @param initial its values to begin with, [rows * columns]
 */
record CellParameter(String name, int rows, int columns, Supplier<float[]> initial) {
  int size() {
    return rows * columns;
  }

  /** Uniform within ±√(6 / (rows + size of one block)): Glorot and Bengio 2010, gate by gate. */
  static CellParameter glorot(String name, int rows, int blocks, int blockSize) {
    int columns = blocks * blockSize;
    double bound = Math.sqrt(6.0 / (rows + blockSize));
    return new CellParameter(name, rows, columns, () -> uniform(rows * columns, bound));
  }

  /** All zero. */
  static CellParameter zero(String name, int rows, int columns) {
    return new CellParameter(name, rows, columns, () -> new float[rows * columns]);
  }

  static float[] uniform(int size, double bound) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * Nd4j.getRandom().nextDouble() - 1) * bound);
    }
    return values;
  }
}
