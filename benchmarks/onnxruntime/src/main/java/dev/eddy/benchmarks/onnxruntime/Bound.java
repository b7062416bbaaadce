package dev.eddy.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A tensor over memory that Java sees too, so that nothing is copied on the way in or out.
 *
 * @param values of {@code tensor}, row-major
 */
record Bound(FloatBuffer values, OnnxTensor tensor) implements AutoCloseable {

  static Bound of(long... extents) throws OrtException {
    int size = 1;
    for (long extent : extents) {
      size = Math.toIntExact(size * extent);
    }
    FloatBuffer values =
        ByteBuffer.allocateDirect(size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new Bound(
        values, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, extents));
  }

  @Override
  public void close() {
    tensor.close();
  }
}
