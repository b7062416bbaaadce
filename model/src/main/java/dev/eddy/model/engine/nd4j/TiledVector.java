package dev.eddy.model.engine.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One number per unit, written out for every row of a batch: ND4J adds and multiplies such matrices
 * several times faster than a matrix and a vector.
 */
final class TiledVector {
  private final float[] values; // [units]
  private final BatchMatrix tiles; // [units, written]
  private int written;

  TiledVector(float[] values) {
    this.values = values;
    this.tiles = new BatchMatrix(values.length);
  }

  /** Block {@code block} of several of {@code units} numbers each. */
  static TiledVector ofBlock(float[] values, int units, int block) {
    return new TiledVector(Arrays.copyOfRange(values, block * units, (block + 1) * units));
  }

  /** The vector in each of that many rows: [units, rows], valid until the next call. */
  INDArray rows(int rows) {
    if (rows > written) {
      written = Math.max(rows, 2 * written);
      float[] tiled = new float[written * values.length]; // [written, units]
      for (int row = 0; row < written; row++) {
        System.arraycopy(values, 0, tiled, row * values.length, values.length);
      }
      tiles.resized(written);
      tiles.read(tiled);
    }
    return tiles.resized(rows);
  }

  void close() {
    tiles.close();
  }
}
