package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.ChildJvm;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interpreted or compiled, on wide vectors or narrow ones, results are the same, bit for bit. */
class MachineInvarianceTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final int UNTIL_COMPILED = 60;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void interpretedEqualsCompiled() throws Exception {
    String found = new ChildJvm(VECTORS, "-Xint").run(OutputDigest.class, "1");
    assertThat(found).endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }

  /** Eight lanes, and four. On machines other than x86 the options do not exist. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=2", "-XX:MaxVectorSize=16"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void narrowVectorsEqualWideOnes(String width) throws Exception {
    String found =
        new ChildJvm(VECTORS, "-XX:+IgnoreUnrecognizedVMOptions", width)
            .run(OutputDigest.class, Integer.toString(UNTIL_COMPILED));
    assertThat(found).endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }
}
