package dev.eddy.model.layer.pass;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between Java arrays and ND4J's memory, in bulk and in the values' order in memory. Padded
 * rows have more room in the Java array than values; the rest of a row is left as it is.
 */
public final class HostValues {
  private HostValues() {}

  /** Copies the values of an array that lies densely in memory to the start of {@code target}. */
  public static void read(INDArray dense, float[] target) {
    buffer(dense).get(target, 0, (int) dense.length());
  }

  /** The values of an array that lies densely in memory. */
  public static float[] read(INDArray dense) {
    float[] values = new float[(int) dense.length()];
    read(dense, values);
    return values;
  }

  /**
   * As {@link #read(INDArray, float[])}, in rows of {@code size} that become {@code width} wide.
   */
  public static void readRows(INDArray dense, float[] target, int offset, int size, int width) {
    FloatBuffer source = buffer(dense);
    int count = (int) dense.length();
    if (size == width) {
      source.get(target, offset, count);
      return;
    }
    int to = offset;
    for (int from = 0; from < count; from += size) {
      source.get(target, to, size);
      to += width;
    }
  }

  /** Copies the start of {@code source} into an array that lies densely in memory. */
  public static void write(float[] source, INDArray dense) {
    writeRows(source, 0, dense, 1, 1);
  }

  /** Copies rows of {@code size} of {@code width} from {@code offset} on into a dense array. */
  public static void writeRows(float[] source, int offset, INDArray dense, int size, int width) {
    FloatBuffer target = buffer(dense);
    int count = (int) dense.length();
    if (size == width) {
      target.put(source, offset, count);
    } else {
      int from = offset;
      for (int to = 0; to < count; to += size) {
        target.put(source, from, size);
        from += width;
      }
    }
    Nd4j.getAffinityManager().tagLocation(dense, AffinityManager.Location.HOST);
  }

  private static FloatBuffer buffer(INDArray dense) {
    if (dense.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("data type: " + dense.dataType() + " (must be FLOAT)");
    }
    Nd4j.getAffinityManager().ensureLocation(dense, AffinityManager.Location.HOST);
    FloatPointer pointer = new FloatPointer(dense.data().addressPointer());
    return pointer.capacity(dense.length()).asByteBuffer().asFloatBuffer();
  }
}
