package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interpreted or compiled, on wide vectors or narrow ones, results are the same, bit for bit. */
class MachineInvarianceTest {
  private static final int UNTIL_COMPILED = 150;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void interpretedEqualsCompiled() throws Exception {
    assertThat(inNewJvm(1, "-Xint")).endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void narrowVectorsEqualWideOnes() throws Exception {
    // On machines other than x86 the option does not exist, and the lengths are equal anyway.
    assertThat(inNewJvm(UNTIL_COMPILED, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"))
        .endsWith(" digest " + OutputDigest.of(UNTIL_COMPILED));
  }

  private static String inNewJvm(int repetitions, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx512m"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OutputDigest.class.getName(), Integer.toString(repetitions)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
