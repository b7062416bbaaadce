package dev.eddy.model.engine.nd4j;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngineProvider;
import dev.eddy.model.kernel.NetworkWeights;
import java.util.Optional;

/** Makes {@code nd4j} engines where ND4J has something to compute on. */
public final class Nd4jEngineProvider implements StepEngineProvider {
  @Override
  public EngineKind kind() {
    return EngineKind.ND4J;
  }

  @Override
  public Optional<String> obstacle() {
    return Nd4jBackends.obstacle();
  }

  @Override
  public boolean usesGpu() {
    return Nd4jBackends.onGpu();
  }

  @Override
  public StepEngine create(NetworkWeights weights) {
    Nd4jBackends.prepare();
    return new Nd4jEngine(weights);
  }
}
