package dev.eddy.pipeline.flink;

import dev.eddy.pipeline.passed.FlinkOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateRecoveryOptions;

/**
 * Decides between what a cluster says of Flink's settings and what a program wants: in Flink the
 * program wins, even over the command line; here the cluster does.
 */
public final class SettingsPrecedence {
  /** Those of a single job; whatever else a cluster is told concerns its processes. */
  private static final Map<String, ConfigOption<?>> JOB_OPTIONS = jobOptions();

  private static final List<String> OF_PROCESSES =
      List.of("rest.", "web.", "jobmanager.", "taskmanager.", "cluster.", "high-availability.");

  private SettingsPrecedence() {}

  /** Every name that an option has or had: the cluster may use one, the program another. */
  private static Map<String, ConfigOption<?>> jobOptions() {
    Map<String, ConfigOption<?>> options =
        new HashMap<>(
            FlinkOptions.of(
                Stream.of(
                    CheckpointingOptions.class,
                    ExecutionOptions.class,
                    PipelineOptions.class,
                    RestartStrategyOptions.class,
                    StateBackendOptions.class,
                    StateChangelogOptions.class,
                    StateRecoveryOptions.class)));
    options.put(CoreOptions.DEFAULT_PARALLELISM.key(), CoreOptions.DEFAULT_PARALLELISM);
    return Map.copyOf(options);
  }

  /**
   * Those of {@code wanted} about which {@code cluster} says nothing, under any of their names, and
   * which are a job's to say: {@code rest.port}, meant for embedded Flink, would send a submission
   * astray.
   */
  public static Configuration leftOpen(Configuration cluster, Configuration wanted) {
    Configuration open = new Configuration(wanted);
    overruled(cluster, wanted).forEach(open::removeKey);
    wanted.keySet().stream().filter(SettingsPrecedence::isOfProcesses).forEach(open::removeKey);
    return open;
  }

  private static boolean isOfProcesses(String key) {
    return OF_PROCESSES.stream().anyMatch(key::startsWith);
  }

  /** The keys of {@code wanted} that {@code cluster} decides, in their order. */
  public static List<String> overruled(Configuration cluster, Configuration wanted) {
    return wanted.keySet().stream().filter(key -> says(cluster, key)).sorted().toList();
  }

  private static boolean says(Configuration cluster, String key) {
    ConfigOption<?> option = JOB_OPTIONS.get(key);
    return cluster.containsKey(key) || (option != null && cluster.contains(option));
  }

  /** What {@code cluster} says of each of its jobs. */
  static Configuration ofJobs(Map<String, String> cluster) {
    Map<String, String> ofJobs = new HashMap<>(cluster);
    ofJobs.keySet().retainAll(JOB_OPTIONS.keySet());
    return Configuration.fromMap(ofJobs);
  }

  /**
   * Those of {@code wanted} that a program may set: a cluster may forbid it all or some ({@code
   * execution.program-config.enabled}), and would refuse the job.
   */
  public static Configuration permitted(ReadableConfig cluster, Configuration wanted) {
    if (cluster.get(DeploymentOptions.PROGRAM_CONFIG_ENABLED)) {
      return wanted;
    }
    List<String> free = cluster.get(DeploymentOptions.PROGRAM_CONFIG_WILDCARDS);
    Map<String, String> permitted = new HashMap<>(wanted.toMap());
    permitted.keySet().retainAll(free);
    return Configuration.fromMap(permitted);
  }
}
