package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.ChildJvm;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interpreted or compiled, on wide vectors or narrow ones, results are the same, bit for bit. */
class MachineInvarianceTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final int UNTIL_COMPILED = 60;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void interpretedEqualsCompiled() throws Exception {
    String found = new ChildJvm(VECTORS, "-Xint").run(OutputDigest.class, "1");
    assertThat(found).endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void narrowVectorsEqualWideOnes() throws Exception {
    // On machines other than x86 the option does not exist, and the lengths are equal anyway.
    String found =
        new ChildJvm(VECTORS, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2")
            .run(OutputDigest.class, Integer.toString(UNTIL_COMPILED));
    assertThat(found).endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }
}
