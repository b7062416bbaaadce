package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.eddy.model.engine.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Interpreted or compiled, by this JDK or another, on wide vectors, narrow ones or none, results
 * are the same, bit for bit.
 */
class MachineInvarianceTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final int UNTIL_COMPILED = 60;

  private static String here = "";

  @BeforeAll
  static void compute() {
    here = OutputDigest.of(UNTIL_COMPILED);
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void interpreted_equals_compiled() throws Exception {
    assertSame(new ChildJvm(VECTORS, "-Xint"), 1);
  }

  /** Eight lanes, and four. On machines other than x86 the first option does not exist. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=2", "-XX:MaxVectorSize=16"})
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void narrow_vectors_equal_wide_ones(String width) throws Exception {
    assertSame(new ChildJvm(VECTORS, "-XX:+IgnoreUnrecognizedVMOptions", width), UNTIL_COMPILED);
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void other_jdks_equal_this_one() throws Exception {
    List<Path> others = otherJdks();
    assumeThat(others).as("JDKs beside this one").isNotEmpty();
    for (Path home : others) {
      assertSame(new ChildJvm(VECTORS).withJavaHome(home), UNTIL_COMPILED);
    }
  }

  /** Neither the flag nor vectors: plain loops, compiled and interpreted. */
  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void without_the_vector_module_the_same() throws Exception {
    String compiled = new ChildJvm().run(OutputDigest.class, Integer.toString(UNTIL_COMPILED));
    assertThat(compiled).endsWith("plain, digest " + here);
    String interpreted = new ChildJvm("-Xint").run(OutputDigest.class, "1");
    assertThat(interpreted).endsWith("plain, digest " + here);
  }

  private static void assertSame(ChildJvm jvm, int repetitions) throws Exception {
    String found = jvm.run(OutputDigest.class, Integer.toString(repetitions));
    assertThat(found).endsWith(" digest " + here);
  }

  /** Those installed where this one is, new enough for our classes. */
  private static List<Path> otherJdks() throws IOException {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> beside = Files.list(own.getParent())) {
      return beside
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(MachineInvarianceTest::isNewEnough)
          .map(MachineInvarianceTest::real)
          .filter(home -> !home.equals(own))
          .distinct()
          .toList();
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isNewEnough(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Runtime.Version.parse(line.replaceAll("[^0-9.+]", "")))
          .anyMatch(version -> version.feature() >= 17);
    } catch (IOException e) {
      return false;
    }
  }
}
