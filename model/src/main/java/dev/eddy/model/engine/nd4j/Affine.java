package dev.eddy.model.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** x·W + b of one gate for every row of a batch, in a buffer of its own. */
final class Affine {
  private final Projection projection;
  private final TiledVector bias;
  private final BatchMatrix sums; // [N, rows]

  /** Owns both; {@code bias} is of {@code units} numbers, as many as the projection has. */
  Affine(Projection projection, TiledVector bias, int units) {
    this.projection = projection;
    this.bias = bias;
    this.sums = new BatchMatrix(units);
  }

  /** Of {@code inputs} [K, rows]: [N, rows], the caller's to change until the next call. */
  INDArray of(INDArray inputs) {
    INDArray result = sums.resized(inputs.columns());
    result.assign(bias.rows(inputs.columns()));
    projection.addTo(result, inputs);
    return result;
  }

  /** Copies the latest result out, [rows, N]. */
  void write(float[] values) {
    sums.write(values);
  }

  void close() {
    projection.close();
    bias.close();
    sums.close();
  }
}
