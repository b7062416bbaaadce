package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.benchmarks.work.Work;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.settings.UserMistake;

/** Eddy's {@code simd} engine. */
public final class SimdContender implements Engine {
  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String describe() {
    StepEngines.slowness(EngineKind.SIMD)
        .ifPresent(
            slowness -> {
              throw new UserMistake(slowness); // it would measure another engine
            });
    return "Java " + Runtime.version() + ", Vector API";
  }

  @Override
  public StepWork step(StepCase step) {
    return new EngineStep(EngineKind.SIMD, step);
  }

  @Override
  public Work product(int size) {
    return new PackedProduct(size);
  }
}
