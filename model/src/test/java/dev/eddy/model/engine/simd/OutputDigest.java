package dev.eddy.model.engine.simd;

import static dev.eddy.model.spec.CellType.LSTM;
import static dev.eddy.model.spec.CellType.RNN;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.NetworkCase;
import dev.eddy.model.engine.NetworkCase.Results;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Prints one number for all outputs and states of a fixed set of networks, bit for bit. */
public final class OutputDigest {
  private OutputDigest() {}

  public static void main(String[] arguments) {
    int repetitions = Integer.parseInt(arguments[0]);
    String digest = of(repetitions);
    EngineKind stepped = StepEngines.here(EngineKind.SIMD);
    String lanes = stepped == EngineKind.SIMD ? " of " + Lanes.LENGTH + " lanes" : "";
    System.out.println(stepped.configName() + lanes + ", digest " + digest);
  }

  /** The digest, of the last of several repetitions, so that the JIT can have done its work. */
  static String of(int repetitions) {
    String digest = "";
    for (int i = 0; i < repetitions; i++) {
      digest = once();
    }
    return digest;
  }

  private static String once() {
    CRC32C checksum = new CRC32C();
    update(checksum, new NetworkCase(new NetworkShape(LSTM, 9, 24, 2, 3, true, 1), 8, 3, 4));
    update(checksum, new NetworkCase(new NetworkShape(RNN, 9, 24, 2, 3, false, 0.3), 8, 3, 5));
    for (CellType cell : CellType.values()) {
      for (int seed = 0; seed < 5; seed++) {
        update(checksum, NetworkCase.any(cell, seed));
      }
      // Every tile, and highways with and without padding, on any vectors of 4 to 16 floats.
      update(checksum, new NetworkCase(new NetworkShape(cell, 16, 16, 2, 3), 8, 2, 1));
      update(checksum, new NetworkCase(new NetworkShape(cell, 24, 24, 1, 17), 10, 3, 2));
      // Panels of four vectors and of one in the same matrix.
      update(checksum, new NetworkCase(new NetworkShape(cell, 9, 80, 1, 70), 8, 2, 3));
    }
    return Long.toHexString(checksum.getValue());
  }

  /** Adds a network's results, which must not depend on the batching here either. */
  private static void update(CRC32C checksum, NetworkCase networkCase) {
    try (StepEngine engine = StepEngines.create(EngineKind.SIMD, networkCase.weights)) {
      byte[] together = written(networkCase.together(engine));
      if (!Arrays.equals(together, written(networkCase.oneAtATime(engine)))
          || !Arrays.equals(together, written(networkCase.inRandomBatches(engine, 3)))) {
        throw new AssertionError("results depend on the batching: " + networkCase.shape);
      }
      checksum.update(together);
    }
  }

  private static byte[] written(Results results) {
    String states = Arrays.deepToString(results.states());
    String outputs = Arrays.deepToString(results.outputs());
    return (states + outputs).getBytes(StandardCharsets.US_ASCII);
  }
}
