package dev.eddy.model.layer;

import dev.eddy.model.kernel.VectorModule;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what a layer computes on: once, when the first layer is used. */
final class CellPasses {
  private static final Logger LOG = LoggerFactory.getLogger(CellPasses.class);

  private CellPasses() {}

  static CellPass of(CellLayer layer) {
    return Choice.SIMD ? layer.simdPass() : layer.nd4jPass();
  }

  static HeadPass of(SequenceOutputLayer layer) {
    return Choice.SIMD
        ? new SimdHead(Math.toIntExact(layer.getNIn()), Math.toIntExact(layer.getNOut()))
        : new Nd4jHead();
  }

  /** Made when first asked for, because it loads ND4J. */
  private static final class Choice {
    static final boolean SIMD = simd();

    private static boolean simd() {
      if (!Nd4j.getEnvironment().isCPU()) {
        return false;
      }
      if (VectorModule.isPresent()) {
        return true;
      }
      LOG.warn(
          "training: many times slower than with Java started with --add-modules {}",
          VectorModule.NAME);
      return false;
    }
  }
}
