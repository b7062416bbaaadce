package dev.eddy.benchmarks.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J and its native library, on one thread. */
public final class Nd4jBackend {
  private Nd4jBackend() {}

  /** Starts ND4J with one thread, and says what it is. */
  public static String start() {
    Nd4j.zeros(1);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    Nd4j.factory().blas().setMaxThreads(1);
    return "ND4J " + version() + " with OpenBLAS";
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream file =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "of unknown version");
  }

  /** C = A·B of square matrices, all in the order that OpenBLAS takes without a copy. */
  public static Runnable product(int size) {
    INDArray a = Nd4j.rand(DataType.FLOAT, size, size).dup('f');
    INDArray b = Nd4j.rand(DataType.FLOAT, size, size).dup('f');
    INDArray c = Nd4j.create(DataType.FLOAT, new long[] {size, size}, 'f');
    return () -> a.mmuli(b, c);
  }
}
