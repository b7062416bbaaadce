package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** {@code eddy run} in a JVM of its own, as the launcher starts it, to be ended with SIGKILL. */
final class EddyRunProcess implements AutoCloseable {
  // By name, because nothing but the user stands above the command line.
  private static final String MAIN = "dev.eddy.pipeline.cli.Eddy";

  private final Process process;
  private final Path output;

  private EddyRunProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Writes the YAML of a deployment of {@code TestModels}, two subtasks wide. */
  static Path deployment(Path directory, String bootstrapServers, TopicSettings topics)
      throws IOException {
    return Files.writeString(
        directory.resolve("deployment.yaml"),
        """
        name: test
        store: store
        kafka: {bootstrap.servers: "%s"}
        topics: {observations: %s, predictions: %s, models: %s, dead-letters: %s}
        input: {features: [load, wind], target: load}
        training: {split: {by: time, validation-from: 2014-01-01, test-from: 2015-01-01}}
        flink:
          parallelism.default: 2
          execution.checkpointing.interval: 300 ms
          execution.checkpointing.dir: %s
        """
            .formatted(
                bootstrapServers,
                topics.observations(),
                topics.predictions(),
                topics.models(),
                topics.deadLetters(),
                directory.resolve("retained").toUri()));
  }

  /**
   * Starts {@code eddy run}; everything it prints goes to {@code output}, and its temporary files
   * beside it.
   *
   * @param flags more flags of the JVM
   */
  static EddyRunProcess start(Path deployment, Path output, String... flags) throws IOException {
    return start(deployment, output, List.of(flags), List.of());
  }

  /** The same with more words on the command line. */
  static EddyRunProcess start(Path deployment, Path output, List<String> flags, List<String> words)
      throws IOException {
    Path temporary = Files.createDirectories(output.resolveSibling("temporary"));
    Path own = Files.createTempDirectory(temporary, "run-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djava.io.tmpdir=" + own, "-Deddy.tmp=" + own));
    command.add("-Deddy.shared-tmp=" + System.getProperty("java.io.tmpdir"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of("run", "-c", deployment.toString()));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new EddyRunProcess(process, output);
  }

  long pid() {
    return process.pid();
  }

  /** What it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits; fails at once, with what it printed, if the process ends by itself. */
  ConditionFactory await(Duration patience) {
    return Awaitility.await()
        .atMost(patience)
        .failFast(() -> assertThat(process.isAlive()).as(this::output).isTrue());
  }

  /** Waits until a {@code read_committed} consumer can see as many predictions. */
  void awaitCommitted(TestDeployment deployment, int predictions, Duration patience) {
    await(patience)
        .untilAsserted(
            () -> assertThat(deployment.committed()).isGreaterThanOrEqualTo(predictions));
  }

  /** The code with which it ends by itself. */
  int awaitEnd(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)).as(this::output).isTrue();
    return process.exitValue();
  }

  /** Sends a signal such as STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Ends it with SIGKILL: no hook runs, nothing is flushed. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
