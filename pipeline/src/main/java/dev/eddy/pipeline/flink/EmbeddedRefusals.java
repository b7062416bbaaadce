package dev.eddy.pipeline.flink;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.executiongraph.failover.RestartBackoffTimeStrategyFactoryLoader;
import org.apache.flink.runtime.state.CheckpointStorageLoader;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskmanager.NettyShuffleEnvironmentConfiguration;
import org.apache.flink.util.DynamicCodeLoadingException;
import org.slf4j.LoggerFactory;

/**
 * Finds what embedded Flink would stumble over after it has started: it reads some settings when
 * the job's tasks begin, and then starts the job again for ever. On a cluster they are the
 * cluster's own.
 */
public final class EmbeddedRefusals {
  private static final String BACKENDS = "hashmap, rocksdb, or a factory on the class path";

  private EmbeddedRefusals() {}

  /** A line for each. */
  public static List<String> of(Configuration settings) {
    List<String> lines = new ArrayList<>();
    memory(settings).ifPresent(lines::add);
    backend(settings).ifPresent(lines::add);
    storage(settings).ifPresent(lines::add);
    restarts(settings).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> memory(Configuration settings) {
    MemorySize network;
    try {
      network =
          TaskExecutorResourceUtils.resourceSpecFromConfigForLocalExecution(
                  TaskExecutorResourceUtils.adjustForLocalExecution(new Configuration(settings)))
              .getNetworkMemSize();
      NettyShuffleEnvironmentConfiguration.fromConfiguration(
          settings, network, true, InetAddress.getLoopbackAddress());
    } catch (RuntimeException e) { // of many types, thrown deep within
      return Optional.of("flink: " + e.getMessage());
    }
    return tooFewBuffers(settings, network);
  }

  /**
   * Tasks that exchange records all with all need three buffers a pair at the least: one to write
   * and two to read.
   */
  private static Optional<String> tooFewBuffers(Configuration settings, MemorySize network) {
    long tasks = settings.get(CoreOptions.DEFAULT_PARALLELISM);
    long segment = settings.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE).getBytes();
    long least = (3 * tasks * tasks + 2 * tasks) * segment;
    if (network.getBytes() >= least) {
      return Optional.empty();
    }
    ConfigOption<?> most = TaskManagerOptions.NETWORK_MEMORY_MAX;
    ConfigOption<?> named =
        settings.contains(most)
            ? most
            : settings.contains(TaskManagerOptions.MEMORY_SEGMENT_SIZE)
                ? TaskManagerOptions.MEMORY_SEGMENT_SIZE
                : CoreOptions.DEFAULT_PARALLELISM;
    return Optional.of(
        line(
            named,
            settings.toMap().getOrDefault(named.key(), ""),
            "such that network memory, "
                + network.toHumanReadableString()
                + ", holds what "
                + tasks
                + (tasks == 1 ? " task" : " tasks")
                + " side by side need: at least "
                + new MemorySize(least).toHumanReadableString()
                + ", by "
                + TaskManagerOptions.NETWORK_MEMORY_MIN.key()
                + " and "
                + most.key()));
  }

  private static Optional<String> backend(Configuration settings) {
    try {
      StateBackendLoader.loadStateBackendFromConfig(
          settings, loader(), LoggerFactory.getLogger(EmbeddedRefusals.class));
      return Optional.empty();
    } catch (Exception e) { // of many types
      return Optional.of(
          line(
              StateBackendOptions.STATE_BACKEND,
              settings.get(StateBackendOptions.STATE_BACKEND),
              e instanceof DynamicCodeLoadingException
                  ? BACKENDS
                  : "one that Flink can make: " + e.getMessage()));
    }
  }

  private static Optional<String> storage(Configuration settings) {
    try {
      CheckpointStorageLoader.fromConfig(
          settings, loader(), LoggerFactory.getLogger(EmbeddedRefusals.class));
      return Optional.empty();
    } catch (Exception e) { // of many types
      ConfigOption<String> option = CheckpointingOptions.CHECKPOINT_STORAGE;
      return Optional.of(
          line(
              option,
              settings.getOptional(option).orElse(""),
              "filesystem, jobmanager, or a factory on the class path"));
    }
  }

  private static Optional<String> restarts(Configuration settings) {
    try {
      RestartBackoffTimeStrategyFactoryLoader.createRestartBackoffTimeStrategyFactory(
          settings, settings, true);
      return Optional.empty();
    } catch (RuntimeException e) { // of many types
      ConfigOption<String> option = RestartStrategyOptions.RESTART_STRATEGY;
      return Optional.of(
          line(
              option,
              settings.getOptional(option).orElse(""),
              "none, fixed-delay, failure-rate or exponential-delay, and what it needs: "
                  + e.getMessage()));
    }
  }

  private static ClassLoader loader() {
    return EmbeddedRefusals.class.getClassLoader();
  }

  private static String line(ConfigOption<?> option, String found, String expected) {
    return "flink." + option.key() + ": " + found + " (must be " + expected + ")";
  }
}
