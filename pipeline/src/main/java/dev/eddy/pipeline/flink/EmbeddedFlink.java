package dev.eddy.pipeline.flink;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.RestoredCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * A Flink cluster in this process: job manager, one task manager, and the web UI on the loopback
 * interface. Jobs reach it through its REST interface, as they reach any other cluster.
 */
public final class EmbeddedFlink implements AutoCloseable {
  /**
   * A failure of a job.
   *
   * @param millis when it was, epoch milliseconds
   * @param cause one line
   */
  public record Failure(long millis, String cause) {}

  /**
   * State of a job that a later run can go on from.
   *
   * @param id the job's number for it
   * @param path where it lies
   * @param millis when it was complete, epoch milliseconds
   */
  public record Checkpoint(long id, String path, long millis) {}

  /** Well within the minute in which a job is to serve again after whatever it needs is back. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final long PATIENCE_SECONDS = 5;

  private final MiniCluster cluster;
  private final URI address;
  private final TaskManagerWatch watch;

  private EmbeddedFlink(MiniCluster cluster, URI address) {
    this.cluster = cluster;
    this.address = address;
    watch = TaskManagerWatch.start(cluster);
  }

  /**
   * Starts a cluster with one slot for each of the job's parallel instances.
   *
   * @param settings Flink's own, such as {@code parallelism.default} and {@code rest.port}; without
   *     the latter the web UI takes a free port
   * @throws UserMistake when the port is taken
   */
  public static EmbeddedFlink start(Configuration settings) throws Exception {
    Configuration configuration = new Configuration(settings);
    keepApart(configuration);
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    if (!configuration.contains(RestOptions.BIND_PORT)) {
      int port = settings.getOptional(RestOptions.PORT).orElse(0);
      configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.get(CoreOptions.DEFAULT_PARALLELISM))
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, cluster.getRestAddress().get());
    } catch (Exception e) {
      cluster.close();
      boolean named = settings.contains(RestOptions.PORT);
      throw named && ExceptionUtils.findThrowable(e, BindException.class).isPresent()
          ? new UserMistake(
              "flink.rest.port: " + settings.get(RestOptions.PORT) + " (must be free)", e)
          : e;
    }
  }

  /**
   * Gives a job's settings what holds for Flink in this process alone, where the deployment does
   * not say: its {@code execution.checkpointing.dir} beside the deployment's file, which on a
   * cluster every machine would take for a folder of its own; and shorter pauses between its
   * restarts.
   */
  public static void complete(Configuration settings, Path file, String deployment) {
    if (!settings.containsKey(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())) {
      Path folder = file.toAbsolutePath().resolveSibling(".eddy").resolve("checkpoints");
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          folder.resolve(deployment).toUri().toString());
    }
    if (!settings.contains(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF)) {
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_PAUSE);
    }
  }

  /** No folder of this process may be another's, who may be another user. */
  private static void keepApart(Configuration configuration) throws IOException {
    String folder = ProcessFolder.get().toString();
    if (!configuration.contains(CoreOptions.TMP_DIRS)) {
      configuration.set(CoreOptions.TMP_DIRS, folder);
    }
    if (!configuration.contains(WebOptions.TMP_DIR)) {
      configuration.set(WebOptions.TMP_DIR, folder);
    }
  }

  /** Where the web UI is. */
  public URI address() {
    return address;
  }

  /** How many task managers were lost, and replaced, so far. */
  public int taskManagersLost() {
    return watch.lost();
  }

  /** Fails, never completes otherwise, when this cluster can run no job any longer. */
  public CompletableFuture<Void> givenUp() {
    return watch.givenUp();
  }

  /** Whether all tasks of a job run. */
  public boolean runs(JobID job) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    return graph.getAllVertices().values().stream()
        .allMatch(vertex -> vertex.getAggregateState() == ExecutionState.RUNNING);
  }

  /** Whether there was a task manager a moment ago, for tests. */
  boolean hasTaskManager() {
    return watch.there();
  }

  /** Ends the task manager, as a fatal error in it does, for tests. */
  void loseTaskManager(int number) {
    cluster.terminateTaskManager(number).join();
  }

  /**
   * The latest failure that a job has outlived.
   *
   * @return empty if it has not failed, or has ended
   */
  public Optional<Failure> survived(JobID job) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    ErrorInfo failure = graph.getFailureInfo();
    boolean ending = graph.getState().isTerminalState() || graph.getState() == JobStatus.FAILING;
    return failure == null || ending
        ? Optional.empty()
        : Optional.of(new Failure(failure.getTimestamp(), innermost(failure)));
  }

  /**
   * The newest checkpoint or savepoint that a job has completed, or else the one that it began
   * with.
   *
   * @return empty if there is none
   */
  public Optional<Checkpoint> checkpoint(JobID job) throws Exception {
    CheckpointStatsSnapshot stats =
        cluster.getExecutionGraph(job).get(PATIENCE_SECONDS, SECONDS).getCheckpointStatsSnapshot();
    if (stats == null) {
      return Optional.empty();
    }
    Optional<Checkpoint> newest =
        Stream.of(
                stats.getHistory().getLatestCompletedCheckpoint(),
                stats.getHistory().getLatestSavepoint())
            .filter(Objects::nonNull)
            .max(Comparator.comparingLong(CompletedCheckpointStats::getCheckpointId))
            .map(
                each ->
                    new Checkpoint(
                        each.getCheckpointId(),
                        each.getExternalPath(),
                        each.getLatestAckTimestamp()));
    RestoredCheckpointStats restored = stats.getLatestRestoredCheckpoint();
    return newest.isPresent() || restored == null
        ? newest
        : Optional.of(
            new Checkpoint(
                restored.getCheckpointId(),
                String.valueOf(restored.getExternalPath()),
                restored.getRestoreTimestamp()));
  }

  private static String innermost(ErrorInfo failure) {
    Throwable cause = failure.getException().deserializeError(EmbeddedFlink.class.getClassLoader());
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("unknown");
  }

  /** An environment whose jobs run on this cluster. */
  public StreamExecutionEnvironment environment(Configuration settings) {
    return environment(address, settings);
  }

  /** An environment whose jobs run on the cluster whose REST interface is at {@code address}. */
  public static StreamExecutionEnvironment environment(URI address, Configuration settings) {
    Configuration configuration = new Configuration(settings);
    configuration.set(DeploymentOptions.TARGET, "remote");
    configuration.set(DeploymentOptions.ATTACHED, true);
    configuration.set(JobManagerOptions.ADDRESS, address.getHost());
    configuration.set(JobManagerOptions.PORT, address.getPort());
    configuration.set(RestOptions.ADDRESS, address.getHost());
    configuration.set(RestOptions.PORT, address.getPort());
    return new StreamExecutionEnvironment(configuration);
  }

  @Override
  public void close() throws Exception {
    watch.close();
    cluster.close();
  }
}
