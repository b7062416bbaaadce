package dev.eddy.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serving needs of its process, and what it does not. */
class ServingProcessTest {
  private static final String NATIVE = ".*(nd4j|deeplearning4j|bytedeco).*";

  @TempDir Path directory;

  @BeforeEach
  void publish() {
    StoredModels.publish(ModelStore.at(directory), 1);
  }

  @Test
  void with_vectors_it_needs_no_native_library() throws Exception {
    String printed =
        new ChildJvm("--add-modules=jdk.incubator.vector")
            .withClassPath(entry -> !entry.matches(NATIVE))
            .run(ServingMain.class, directory.toString(), "wind@1");
    assertThat(printed).endsWith("stepped with simd");
  }

  @Test
  void without_vectors_it_steps_with_plain_loops_and_names_the_flag_once() throws Exception {
    String printed =
        new ChildJvm("-Dlog4j2.level=WARN")
            .withClassPath(entry -> !entry.matches(NATIVE))
            .run(ServingMain.class, directory.toString(), "wind@1");
    assertThat(printed)
        .endsWith("stepped with plain")
        .containsOnlyOnce("--add-modules jdk.incubator.vector");
  }
}
