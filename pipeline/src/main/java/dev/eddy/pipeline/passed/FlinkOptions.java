package dev.eddy.pipeline.passed;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;

/** Finds all options that Flink declares, under every name that they have or had. */
public final class FlinkOptions {
  private static final String CORE = "org.apache.flink.configuration.";

  private static final List<String> IN_CORE =
      List.of(
          "AlgorithmOptions",
          "BatchExecutionOptions",
          "BlobServerOptions",
          "CheckpointingOptions",
          "CleanupOptions",
          "ClusterOptions",
          "CoreOptions",
          "DeploymentOptions",
          "EventOptions",
          "ExecutionOptions",
          "ExternalResourceOptions",
          "HeartbeatManagerOptions",
          "HighAvailabilityOptions",
          "HistoryServerOptions",
          "JMXServerOptions",
          "JobEventStoreOptions",
          "JobManagerOptions",
          "MetricOptions",
          "NettyShuffleEnvironmentOptions",
          "OptimizerOptions",
          "PipelineOptions",
          "QueryableStateOptions",
          "ResourceManagerOptions",
          "RestOptions",
          "RestartStrategyOptions",
          "RpcOptions",
          "SecurityOptions",
          "SinkOptions",
          "SlowTaskDetectorOptions",
          "StateBackendOptions",
          "StateChangelogOptions",
          "StateLatencyTrackOptions",
          "StateRecoveryOptions",
          "StateSizeTrackOptions",
          "TaskManagerOptions",
          "TraceOptions",
          "WebOptions");

  /** Those that may be missing from a class path are then unknown. */
  private static final List<String> ELSEWHERE =
      List.of(
          "org.apache.flink.changelog.fs.FsStateChangelogOptions",
          "org.apache.flink.client.cli.ArtifactFetchOptions",
          "org.apache.flink.client.cli.ClientOptions",
          "org.apache.flink.connector.base.source.reader.SourceReaderOptions",
          "org.apache.flink.runtime.highavailability.ApplicationResultStoreOptions",
          "org.apache.flink.runtime.highavailability.JobResultStoreOptions",
          "org.apache.flink.runtime.jobgraph.SavepointConfigOptions",
          "org.apache.flink.runtime.shuffle.ShuffleServiceOptions",
          "org.apache.flink.state.forst.ForStConfigurableOptions",
          "org.apache.flink.state.forst.ForStNativeMetricOptions",
          "org.apache.flink.state.forst.ForStOptions",
          "org.apache.flink.state.rocksdb.RocksDBConfigurableOptions",
          "org.apache.flink.state.rocksdb.RocksDBNativeMetricOptions",
          "org.apache.flink.state.rocksdb.RocksDBOptions",
          "org.apache.flink.state.rocksdb.sstmerge.RocksDBManualCompactionOptions");

  private static final Map<String, ConfigOption<?>> KNOWN =
      of(
          Stream.concat(IN_CORE.stream().map(CORE::concat), ELSEWHERE.stream())
              .flatMap(FlinkOptions::holder));

  private FlinkOptions() {}

  /** By name. */
  static Map<String, ConfigOption<?>> known() {
    return KNOWN;
  }

  /** The options that some classes declare, by every name that they have or had. */
  public static Map<String, ConfigOption<?>> of(Stream<Class<?>> holders) {
    Map<String, ConfigOption<?>> found = new HashMap<>();
    holders
        .flatMap(holder -> Stream.of(holder.getFields()))
        .flatMap(field -> option(field).stream())
        .forEach(option -> add(found, option));
    return Map.copyOf(found);
  }

  /** Adds an option under every name that it has or had. */
  private static void add(Map<String, ConfigOption<?>> options, ConfigOption<?> option) {
    options.put(option.key(), option);
    for (FallbackKey key : option.fallbackKeys()) {
      options.putIfAbsent(key.getKey(), option);
    }
  }

  private static Stream<Class<?>> holder(String name) {
    try {
      return Stream.of(Class.forName(name, true, ConfigOption.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError absent) {
      return Stream.of();
    }
  }

  private static Optional<ConfigOption<?>> option(Field field) {
    if (!Modifier.isStatic(field.getModifiers()) || field.getType() != ConfigOption.class) {
      return Optional.empty();
    }
    try {
      return Optional.of((ConfigOption<?>) field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
