package dev.eddy.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shaded jar that a Flink cluster is given, as the build packaged it. */
class StreamingJobJarIT {
  private static final Path ROOT = Path.of(System.getProperty("eddy.root"));
  private static final Path TARGET = ROOT.resolve("pipeline/target");

  @Test
  void carries_no_flink_no_nd4j_no_broker() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/api/common/"))
        .noneMatch(name -> name.startsWith("org/nd4j/") || name.startsWith("org/deeplearning4j/"))
        .noneMatch(name -> name.startsWith("org/bytedeco/"))
        .noneMatch(name -> name.startsWith("kafka/server/") || name.startsWith("scala/"));
  }

  @Test
  void carries_the_job_and_its_connector() throws IOException {
    assertThat(entries())
        .contains("dev/eddy/pipeline/cli/Eddy.class")
        .contains("dev/eddy/pipeline/stream/StreamingJob.class")
        .contains("dev/eddy/model/engine/simd/SimdEngine.class")
        .contains("META-INF/services/dev.eddy.model.engine.StepEngineProvider")
        .anyMatch(name -> name.startsWith("org/apache/flink/connector/kafka/source/"));
  }

  @Test
  void names_a_main_class_that_ends_no_process() throws IOException {
    try (JarFile file = new JarFile(jar().toFile())) {
      assertThat(file.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.eddy.pipeline.stream.StreamingJob");
    }
  }

  @Test
  void finds_its_engine_beside_flink_alone() throws IOException, InterruptedException {
    assertThat(check("--add-modules", "jdk.incubator.vector")).contains("engine simd");
  }

  @Test
  void has_an_engine_where_flink_lacks_the_vector_module()
      throws IOException, InterruptedException {
    assertThat(check())
        .contains("engine plain")
        .contains("simd needs Java started with --add-modules jdk.incubator.vector");
  }

  /** What {@code check} prints in a JVM with these flags. */
  private static String check(String... flags) throws IOException, InterruptedException {
    String flink;
    try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
      flink =
          libraries
              .map(Path::toString)
              .filter(path -> path.matches(".*/(flink|log4j|slf4j|commons)-[^/]*\\.jar"))
              .filter(path -> !path.contains("connector-kafka"))
              .collect(Collectors.joining(":"));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            jar() + ":" + flink,
            "dev.eddy.pipeline.cli.Eddy",
            "check",
            "-c",
            ROOT.resolve("examples/weather.yaml").toString(),
            "--set",
            "kafka.bootstrap.servers=127.0.0.1:1"));
    Process check =
        new ProcessBuilder(command).directory(TARGET.toFile()).redirectErrorStream(true).start();
    String output = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor()).as(output).isNotZero(); // there is no broker
    assertThat(output).doesNotContain("NoClassDefFoundError");
    return output;
  }

  private static List<String> entries() throws IOException {
    try (JarFile file = new JarFile(jar().toFile())) {
      return file.stream().map(entry -> entry.getName()).toList();
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(path -> path.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no streaming job jar in " + TARGET));
    }
  }
}
