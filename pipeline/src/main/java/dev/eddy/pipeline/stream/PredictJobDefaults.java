package dev.eddy.pipeline.stream;

import dev.eddy.pipeline.flink.ClusterJobs;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Gives Flink's settings as the streaming job wants them, where the deployment does not say
 * otherwise.
 */
public final class PredictJobDefaults {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  private static final int MAX_PARALLELISM = 128;

  private PredictJobDefaults() {}

  /** The settings that {@code given} leaves open to the program. */
  public static Configuration missingFrom(ReadableConfig given, PredictJobSettings settings) {
    Configuration defaults = new Configuration();
    put(defaults, given, PipelineOptions.NAME, jobName(settings.name()));
    Map<String, String> parameters =
        new HashMap<>(given.getOptional(PipelineOptions.GLOBAL_JOB_PARAMETERS).orElse(Map.of()));
    parameters.put(ClusterJobs.DEPLOYMENT, settings.name());
    defaults.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, parameters);
    put(defaults, given, CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    // What a killed job resumes from; see CheckpointDirectory.
    put(
        defaults,
        given,
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    put(defaults, given, PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // A record waits no longer in a network buffer than in a micro-batch.
    put(defaults, given, ExecutionOptions.BUFFER_TIMEOUT, settings.serving().linger());
    // Events are never changed once they were handed on.
    put(defaults, given, PipelineOptions.OBJECT_REUSE, true);
    put(defaults, given, PipelineOptions.GENERIC_TYPES, false);
    put(defaults, given, PipelineOptions.AUTO_GENERATE_UIDS, false);
    return SettingsPrecedence.permitted(given, defaults);
  }

  /** What a deployment's job is called, where nothing else is said. */
  public static String jobName(String deployment) {
    return "eddy " + deployment;
  }

  private static <T> void put(
      Configuration defaults, ReadableConfig given, ConfigOption<T> option, T value) {
    if (given.getOptional(option).isEmpty()) {
      defaults.set(option, value);
    }
  }
}
