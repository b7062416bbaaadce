package dev.eddy.model.engine.simd;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngineProvider;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.VectorModule;
import java.util.Optional;

/** Makes {@code simd} engines where the JVM was started with the vector module. */
public final class SimdEngineProvider implements StepEngineProvider {
  @Override
  public EngineKind kind() {
    return EngineKind.SIMD;
  }

  @Override
  public Optional<String> obstacle() {
    return VectorModule.isPresent()
        ? Optional.empty()
        : Optional.of("simd needs Java started with --add-modules " + VectorModule.NAME);
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
