package dev.eddy.pipeline.stream;

import dev.eddy.connectors.kafka.start.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM whose task managers can be killed. */
public final class TestCluster implements AutoCloseable {
  private final MiniCluster cluster;
  private final InMemoryReporter metrics;

  private TestCluster(MiniCluster cluster, InMemoryReporter metrics) {
    this.cluster = cluster;
    this.metrics = metrics;
  }

  public static TestCluster start(int taskManagers, int slots) throws Exception {
    return start(taskManagers, slots, new Configuration());
  }

  static TestCluster start(int taskManagers, int slots, Configuration flink) throws Exception {
    InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(metrics.addToConfiguration(flink))
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    cluster.start();
    return new TestCluster(cluster, metrics);
  }

  /** Flink's settings of the tests' jobs; checkpoints are frequent and retained. */
  public static Configuration settings(Path checkpoints, int parallelism, String stateBackend) {
    return Configuration.fromMap(
        Map.of(
            "parallelism.default", Integer.toString(parallelism),
            "state.backend.type", stateBackend,
            "execution.checkpointing.interval", "300 ms",
            "execution.checkpointing.dir", checkpoints.toUri().toString(),
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.delay", "100 ms",
            "restart-strategy.fixed-delay.attempts", "20"));
  }

  JobID submit(PredictJobSettings job, Configuration flink) throws Exception {
    return submit(job, flink, Start.FRESH);
  }

  JobID submit(PredictJobSettings job, Configuration flink, Start start) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    PredictJob.build(env, job, start);
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** Runs a bounded job to its end. */
  public void run(PredictJobSettings job, Configuration flink) throws Exception {
    cluster
        .requestJobResult(submit(job, flink))
        .get(2, TimeUnit.MINUTES)
        .toJobExecutionResult(getClass().getClassLoader());
  }

  /** The sum over all subtasks of the counters whose identifiers end like that. */
  long counted(JobID job, String suffix) {
    return found(job, suffix).mapToLong(counter -> ((Counter) counter).getCount()).sum();
  }

  /** The values of all subtasks' gauges whose identifiers end like that. */
  Set<Object> gauged(JobID job, String suffix) {
    return found(job, suffix)
        .map(gauge -> (Object) ((Gauge<?>) gauge).getValue())
        .collect(Collectors.toSet());
  }

  private Stream<Metric> found(JobID job, String suffix) {
    return metrics.getMetricsByGroup().entrySet().stream()
        .filter(group -> job.toHexString().equals(group.getKey().getAllVariables().get("<job_id>")))
        .flatMap(
            group ->
                group.getValue().entrySet().stream()
                    .filter(
                        metric ->
                            group.getKey().getMetricIdentifier(metric.getKey()).endsWith(suffix)))
        .map(Map.Entry::getValue);
  }

  /** Cancels whatever a test left running. */
  void cancelAll() throws Exception {
    for (JobStatusMessage job : cluster.listJobs().get()) {
      if (!job.getJobState().isGloballyTerminalState()) {
        cancel(job.getJobId());
      }
    }
  }

  /** What a job ended with, which was not its end. */
  Throwable failure(JobID job) throws Exception {
    return cluster
        .requestJobResult(job)
        .get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)
        .getSerializedThrowable()
        .orElseThrow()
        .deserializeError(getClass().getClassLoader());
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    cluster.requestJobResult(job).get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
  }

  /** Stops a job with a savepoint, which any state backend reads. */
  String stop(JobID job, Path directory) throws Exception {
    return cluster
        .stopWithSavepoint(job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
  }

  void killTaskManager(int index) throws Exception {
    cluster.terminateTaskManager(index).get();
  }

  void startTaskManager() throws Exception {
    cluster.startTaskManager();
  }

  @Override
  public void close() throws Exception {
    cluster.closeAsync().get(1, TimeUnit.MINUTES);
  }
}
