package dev.eddy.model.training;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The threads of ND4J's native code while something runs; put back when closed. */
final class NativeThreads implements AutoCloseable {
  private final int before;

  NativeThreads(int threads) {
    Nd4j.zeros(1); // loads the backend
    before = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetNumThreads();
    set(threads);
  }

  private static void set(int threads) {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  @Override
  public void close() {
    set(before);
  }
}
