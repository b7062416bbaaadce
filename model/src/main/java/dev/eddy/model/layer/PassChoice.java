package dev.eddy.model.layer;

import dev.eddy.model.kernel.VectorModule;
import dev.eddy.model.layer.nd4j.Nd4jPasses;
import dev.eddy.model.layer.pass.Passes;
import dev.eddy.model.layer.simd.SimdPasses;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what layers compute on: once, when the first one is used, because it loads ND4J. */
final class PassChoice {
  private static final Logger LOG = LoggerFactory.getLogger(PassChoice.class);

  static final Passes PASSES = passes();

  private PassChoice() {}

  private static Passes passes() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return new Nd4jPasses();
    }
    if (VectorModule.isPresent()) {
      return new SimdPasses();
    }
    LOG.warn(
        "training: many times slower than with Java started with --add-modules {}",
        VectorModule.NAME);
    return new Nd4jPasses();
  }
}
