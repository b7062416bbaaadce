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
  void a_hopper_is_too_new_and_an_ada_is_not() {
    assertThat(TOO_NEW).hasValueSatisfying(why -> assertThat(why).contains("9.0", "8.9"));
    assertThat(UsableGpu.tooNew(8, 9)).isEmpty();
    assertThat(UsableGpu.tooNew(7, 5)).isEmpty();
  }

  @Test
  void without_the_cuda_libraries_no_gpu_is_usable() {
    ClassLoader none = ClassLoader.getPlatformClassLoader();
    assertThat(UsableGpu.obstacle(none))
        .hasValueSatisfying(why -> assertThat(why).contains("CUDA"));
  }

  @Test
  void a_gpu_that_cannot_serve_leaves_the_work_to_the_cpu_with_a_warning() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, true, TOO_NEW);
    assertThat(choice.gpu()).isFalse();
    assertThat(choice.obstacle()).isEmpty();
    assertThat(choice.warning()).isEqualTo(TOO_NEW);
  }

  @Test
  void a_gpu_that_cannot_serve_alone_is_an_obstacle_that_names_the_cure() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, false, TOO_NEW);
    assertThat(choice.gpu()).isFalse();
    assertThat(choice.obstacle())
        .hasValueSatisfying(why -> assertThat(why).contains("9.0", "nd4j-native"));
  }

  @Test
  void a_gpu_that_can_serve_is_used() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(true, true, Optional.empty());
    assertThat(choice.gpu()).isTrue();
    assertThat(choice.warning()).isEmpty();
  }

  @Test
  void without_a_cuda_backend_there_is_nothing_to_warn_of() {
    Nd4jBackends.Choice choice = Nd4jBackends.choose(false, true, Optional.empty());
    assertThat(choice)
        .isEqualTo(new Nd4jBackends.Choice(false, Optional.empty(), Optional.empty()));
  }

  @Test
  void hides_the_cuda_backends_services_and_nothing_else(@TempDir Path directory)
      throws IOException {
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
