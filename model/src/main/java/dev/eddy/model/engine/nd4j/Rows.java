package dev.eddy.model.engine.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix of any number of rows over one native buffer, grown and never given back in between:
 * ND4J frees buffers only when the garbage collector finds their owners.
 */
final class Rows {
  private final int columns;
  private final char order;
  private DataBuffer buffer;
  private INDArray array; // [rows, columns]

  /**
   * An empty matrix.
   *
   * @param order 'f' for what a product is written into (into 'c' ND4J multiplies aside and
   *     copies), 'c' for what is exchanged with Java arrays
   */
  Rows(int columns, char order) {
    this.columns = columns;
    this.order = order;
    this.buffer = Nd4j.createBuffer(DataType.FLOAT, columns, false);
    this.array = over(buffer, 1);
  }

  /** The matrix with that many rows; what was in it is undefined where the number changes. */
  INDArray resized(int rows) {
    if (array.rows() != rows) {
      long size = (long) rows * columns;
      if (buffer.length() < size) {
        buffer.close();
        buffer = Nd4j.createBuffer(DataType.FLOAT, Math.max(size, 2 * buffer.length()), false);
      }
      array = over(buffer, rows);
    }
    return array;
  }

  /** The matrix as last resized. */
  INDArray array() {
    return array;
  }

  /** Copies the matrix's numbers in, row by row; for order 'c'. */
  void read(float[] values) {
    host().put(values, 0, Math.toIntExact(array.length()));
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /** Copies the matrix's numbers out, row by row; for order 'c'. */
  void write(float[] values) {
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    host().get(values, 0, Math.toIntExact(array.length()));
  }

  void close() {
    buffer.close();
  }

  /** Rows {@code from} to {@code to}, exclusive, of a matrix; a view. */
  static INDArray rows(INDArray matrix, long from, long to) {
    return matrix.rows() == to - from
        ? matrix
        : matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  /** Columns {@code from} to {@code to}, exclusive, of a matrix; a view. */
  static INDArray columns(INDArray matrix, long from, long to) {
    return matrix.columns() == to - from
        ? matrix
        : matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  private FloatPointer host() {
    return new FloatPointer(buffer.addressPointer());
  }

  private INDArray over(DataBuffer data, int rows) {
    long[] strides = order == 'f' ? new long[] {1, rows} : new long[] {columns, 1};
    return Nd4j.create(data, new long[] {rows, columns}, strides, 0, order);
  }
}
