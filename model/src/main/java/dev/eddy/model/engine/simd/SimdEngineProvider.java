package dev.eddy.model.engine.simd;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngineProvider;
import dev.eddy.model.kernel.NetworkWeights;
import java.util.Optional;

/** Makes {@code simd} engines where the JVM was started with the vector module. */
public final class SimdEngineProvider implements StepEngineProvider {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public EngineKind kind() {
    return EngineKind.SIMD;
  }

  @Override
  public Optional<String> obstacle() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of("simd needs Java started with --add-modules " + MODULE);
  }

  @Override
  public boolean usesGpu() {
    return false;
  }

  @Override
  public StepEngine create(NetworkWeights weights) {
    return new SimdEngine(weights);
  }
}
