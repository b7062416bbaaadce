package dev.eddy.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A job manager of a session cluster; it keeps its ports over its deaths, and nothing else. */
final class JobManager implements AutoCloseable {
  private static final String MAIN =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  static final List<String> FLAGS = List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m");

  private final Path folder = Places.all().resolve("jobmanager");
  private final Map<String, String> configuration;
  private JavaProcess process;

  JobManager(Map<String, String> configuration) {
    this.configuration = configuration;
    process = launch();
  }

  private JavaProcess launch() {
    Places.anew(folder);
    return Flink.start(
        "jobmanager",
        folder,
        configuration,
        FLAGS,
        List.of(MAIN, "--configDir", Flink.configurationOf(folder)));
  }

  JavaProcess process() {
    return process;
  }

  /** Starts it again, on another machine so to say, after it was killed. */
  void start() {
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }
}
