package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.dl4j.Nd4jBackend;
import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.benchmarks.work.Work;
import dev.eddy.model.engine.EngineKind;

/** Eddy's {@code nd4j} engine. */
public final class Nd4jContender implements Engine {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String describe() {
    return Nd4jBackend.start();
  }

  @Override
  public StepWork step(StepCase step) {
    return new EngineStep(EngineKind.ND4J, step);
  }

  @Override
  public Work product(int size) {
    Runnable product = Nd4jBackend.product(size);
    return product::run;
  }
}
