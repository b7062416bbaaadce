package dev.eddy.pipeline.job;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The streaming job in a JVM of its own, to be ended with SIGKILL. */
final class PredictProcess {
  private PredictProcess() {}

  /** Starts a JVM that resumes from the newest checkpoint below {@code checkpoints}. */
  static Process start(String bootstrapServers, String name, Path checkpoints, File output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-")) {
        command.add(flag);
      }
    }
    String classPath = System.getProperty("java.class.path");
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.add(PredictProcess.class.getName());
    command.addAll(List.of(bootstrapServers, name, checkpoints.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> client = Map.of("bootstrap.servers", arguments[0]);
    Configuration flink = TestCluster.settings(Path.of(arguments[2]), 2, "hashmap");
    CheckpointDirectory.resume(flink).ifPresent(found -> System.out.println("resume " + found));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, flink);
    PredictJob.build(
        env, TestDeployment.settings(client, TopicSettings.named(arguments[1]), false));
    env.execute();
  }
}
