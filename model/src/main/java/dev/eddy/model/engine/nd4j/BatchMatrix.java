package dev.eddy.model.engine.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix [units, rows] with a column for each row of a batch, column after column: in memory the
 * same as Java's row-major [rows, units]. So a wave is one stretch of memory, which ND4J walks
 * several times faster than a matrix of strides, and products are written in place, which ND4J does
 * in this order only. Its native buffer grows to the largest batch and is not given back in
 * between: ND4J frees buffers only when the garbage collector finds their owners.
 */
final class BatchMatrix {
  private final int units;
  private DataBuffer buffer;
  private INDArray array; // [units, rows]

  BatchMatrix(int units) {
    this.units = units;
    this.buffer = Nd4j.createBuffer(DataType.FLOAT, units, false);
    this.array = over(1);
  }

  /** The matrix with that many rows; they keep what is in them unless the buffer has to grow. */
  INDArray resized(int rows) {
    if (array.columns() != rows) {
      long size = (long) rows * units;
      if (buffer.length() < size) {
        buffer.close();
        buffer = Nd4j.createBuffer(DataType.FLOAT, Math.max(size, 2 * buffer.length()), false);
      }
      array = over(rows);
    }
    return array;
  }

  /** Copies [rows, units] in. */
  void read(float[] values) {
    host().put(values, 0, Math.toIntExact(array.length()));
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /** Copies [rows, units] out. */
  void write(float[] values) {
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    host().get(values, 0, Math.toIntExact(array.length()));
  }

  void close() {
    buffer.close();
  }

  /** Rows {@code from} to {@code to}, exclusive, of a matrix [units, rows]; a view. */
  static INDArray rows(INDArray matrix, long from, long to) {
    return matrix.columns() == to - from
        ? matrix
        : matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  /** Units {@code from} to {@code to}, exclusive, of a matrix [units, rows]; a view, of strides. */
  static INDArray units(INDArray matrix, long from, long to) {
    return matrix.rows() == to - from
        ? matrix
        : matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private FloatPointer host() {
    return new FloatPointer(buffer.addressPointer());
  }

  private INDArray over(int rows) {
    return Nd4j.create(buffer, new long[] {units, rows}, new long[] {1, units}, 0, 'f');
  }
}
