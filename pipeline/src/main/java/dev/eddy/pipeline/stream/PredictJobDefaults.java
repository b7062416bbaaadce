package dev.eddy.pipeline.stream;

import dev.eddy.pipeline.flink.ClusterJobs;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import dev.eddy.pipeline.passed.PassedToFlink;
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
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * Gives Flink's settings as the streaming job wants them, where the deployment does not say
 * otherwise.
 */
public final class PredictJobDefaults {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  // A job whose broker is back serves again within this and the time of a start.
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(15);
  // Where the newest cannot be committed any more, there is one to go back to.
  private static final int RETAINED_CHECKPOINTS = 2;

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
    put(defaults, given, CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
    putRestarts(defaults, given);
    put(defaults, given, PipelineOptions.MAX_PARALLELISM, PassedToFlink.MAX_PARALLELISM);
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

  /** Flink's own default, but for a pause that does not grow to a minute. */
  private static void putRestarts(Configuration defaults, ReadableConfig given) {
    boolean checkpoints =
        !given
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .orElse(CHECKPOINT_INTERVAL)
            .isZero();
    if (checkpoints && given.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
      defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
      put(
          defaults,
          given,
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
          MAX_BACKOFF);
    }
  }

  private static <T> void put(
      Configuration defaults, ReadableConfig given, ConfigOption<T> option, T value) {
    if (given.getOptional(option).isEmpty()) {
      defaults.set(option, value);
    }
  }
}
