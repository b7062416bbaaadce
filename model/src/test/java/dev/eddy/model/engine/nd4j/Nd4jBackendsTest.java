package dev.eddy.model.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Nd4jBackendsTest {
  private static final Optional<String> TOO_NEW = UsableGpu.tooNew(9, 0);

  @Test
  void aHopperIsTooNewAndAnAdaIsNot() {
    assertThat(TOO_NEW).hasValueSatisfying(why -> assertThat(why).contains("9.0", "8.9"));
    assertThat(UsableGpu.tooNew(8, 9)).isEmpty();
    assertThat(UsableGpu.tooNew(7, 5)).isEmpty();
  }

  @Test
  void withoutTheCudaLibrariesNoGpuIsUsable() {
    ClassLoader none = ClassLoader.getPlatformClassLoader();
    assertThat(UsableGpu.obstacle(none))
        .hasValueSatisfying(why -> assertThat(why).contains("CUDA"));
  }

  @Test
  void aGpuThatCannotServeLeavesTheWorkToTheCpuWithAWarning() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, true, TOO_NEW);
    assertThat(choice.gpu()).isFalse();
    assertThat(choice.obstacle()).isEmpty();
    assertThat(choice.warning()).isEqualTo(TOO_NEW);
  }

  @Test
  void aGpuThatCannotServeAloneIsAnObstacleThatNamesTheCure() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, false, TOO_NEW);
    assertThat(choice.gpu()).isFalse();
    assertThat(choice.obstacle())
        .hasValueSatisfying(why -> assertThat(why).contains("9.0", "nd4j-native"));
  }

  @Test
  void aGpuThatCanServeIsUsed() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, true, Optional.empty());
    assertThat(choice.gpu()).isTrue();
    assertThat(choice.warning()).isEmpty();
  }

  @Test
  void withoutACudaBackendThereIsNothingToWarnOf() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(false, true, Optional.empty());
    assertThat(choice)
        .isEqualTo(new Nd4jBackends.Choice(false, Optional.empty(), Optional.empty()));
  }

  @Test
  void hidesTheCudaBackendsServicesAndNothingElse(@TempDir Path directory) throws IOException {
    URL cuda = jarWith(directory.resolve("nd4j-cuda-11.6.jar"));
    URL cpu = jarWith(directory.resolve("nd4j-native.jar"));
    try (URLClassLoader both = new URLClassLoader(new URL[] {cuda, cpu}, null)) {
      WithoutCudaServices filtered = new WithoutCudaServices(both);
      assertThat(Collections.list(filtered.getResources("META-INF/services/backend")))
          .singleElement()
          .satisfies(url -> assertThat(url.toString()).contains("nd4j-native"));
      assertThat(Collections.list(filtered.getResources("other"))).hasSize(2);
    }
  }

  /** A directory that a class loader reads as it would a jar of that name. */
  private static URL jarWith(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(directory.resolve("META-INF/services/backend"), "a");
    Files.writeString(directory.resolve("other"), "b");
    return directory.toUri().toURL();
  }
}
