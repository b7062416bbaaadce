package dev.eddy.pipeline.stream;

import dev.eddy.pipeline.deployment.TopicSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code eddy run} in a JVM of its own, to be ended with SIGKILL. */
final class EddyRunProcess {
  // By name, because nothing but the user stands above the command line.
  private static final String MAIN = "dev.eddy.pipeline.cli.Eddy";

  private EddyRunProcess() {}

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
   * Starts {@code eddy run}; everything it prints goes to {@code output}.
   *
   * @param flags more flags of the JVM
   */
  static Process start(Path deployment, Path output, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of("run", "-c", deployment.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
