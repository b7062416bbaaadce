package dev.eddy.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A job manager that lives for the job jar alone, and its task manager. */
final class ApplicationCluster implements AutoCloseable {
  private static final String MAIN =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
  private static final String JOB = "dev.eddy.pipeline.stream.StreamingJob";

  private final JavaProcess jobManager;
  private final TaskManager taskManager;

  private ApplicationCluster(JavaProcess jobManager, TaskManager taskManager) {
    this.jobManager = jobManager;
    this.taskManager = taskManager;
  }

  /**
   * Starts one beside a session cluster.
   *
   * @param more configuration, such as how it loads classes
   * @param arguments of the job jar
   */
  static ApplicationCluster start(
      String name, FlinkCluster beside, Map<String, String> more, String... arguments) {
    Map<String, String> configuration = new HashMap<>(FlinkCluster.ofJobs(beside.shared()));
    configuration.putAll(FlinkCluster.addresses(Places.freePort()));
    configuration.putAll(more);
    Path folder = Places.anew(Places.all().resolve(name));
    // Else a folder of the machine keeps the jar, also for a later build.
    configuration.put("user.artifacts.base-dir", folder.resolve("artifacts").toString());
    List<String> main = new ArrayList<>(List.of(MAIN, "--configDir"));
    main.add(Flink.configurationOf(folder));
    main.addAll(List.of("--jars", Places.jobJar().toUri().toString()));
    main.addAll(List.of("--job-classname", JOB));
    // Flink takes what begins with a hyphen for its own, as -c, until a word does not belong to it.
    main.add("run");
    main.addAll(List.of(arguments));
    return new ApplicationCluster(
        Flink.start(name, folder, configuration, JobManager.FLAGS, main),
        new TaskManager(name + "-taskmanager", configuration));
  }

  /** Waits until the job manager has ended by itself; returns its exit code. */
  int await() throws InterruptedException {
    return jobManager.await(FlinkCluster.PATIENCE);
  }

  @Override
  public void close() {
    taskManager.close();
    jobManager.close();
  }
}
