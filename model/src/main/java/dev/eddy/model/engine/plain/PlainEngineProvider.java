package dev.eddy.model.engine.plain;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngineProvider;
import dev.eddy.model.kernel.NetworkWeights;
import java.util.Optional;

/** Makes {@code plain} engines, on any JVM. */
public final class PlainEngineProvider implements StepEngineProvider {
  @Override
  public EngineKind kind() {
    return EngineKind.PLAIN;
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public boolean usesGpu() {
    return false;
  }

  @Override
  public StepEngine create(NetworkWeights weights) {
    return new PlainEngine(weights);
  }
}
