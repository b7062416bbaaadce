package dev.eddy.benchmarks.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.eddy.benchmarks.work.Work;
import java.util.Map;

/** The product of two square matrices. */
final class OnnxProduct implements Work {
  private final OrtSession session;
  private final Bound factor;
  private final Bound product;

  OnnxProduct(int size, OrtSession session) throws OrtException {
    this.session = session;
    this.factor = Bound.of(size, size);
    this.product = Bound.of(size, size);
  }

  @Override
  public void run() {
    try {
      session.run(Map.of("x", factor.tensor()), Map.of("h'", product.tensor())).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    factor.close();
    product.close();
  }
}
