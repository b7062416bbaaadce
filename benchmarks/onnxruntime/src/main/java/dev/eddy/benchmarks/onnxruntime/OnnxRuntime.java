package dev.eddy.benchmarks.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession;
import dev.eddy.benchmarks.onnx.OnnxCells;
import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.benchmarks.work.Work;

/** ONNX Runtime on one thread, with all of its graph optimisations. */
public final class OnnxRuntime implements Engine {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String describe() {
    return "ONNX Runtime "
        + OrtEnvironment.getEnvironment().getVersion()
        + ", one thread, all graph optimisations, inputs and outputs bound to direct buffers";
  }

  @Override
  public StepWork step(StepCase step) {
    byte[] model = OnnxCells.model(step);
    try {
      return new OnnxStep(step, session(model));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Work product(int size) {
    try {
      return new OnnxProduct(size, session(OnnxCells.product(size)));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OrtSession session(byte[] model) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return OrtEnvironment.getEnvironment().createSession(model, options);
  }
}
