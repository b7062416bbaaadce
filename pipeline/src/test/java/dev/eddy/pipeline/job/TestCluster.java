package dev.eddy.pipeline.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM whose task managers can be killed. */
final class TestCluster implements AutoCloseable {
  private final MiniCluster cluster;

  private TestCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static TestCluster start(int taskManagers, int slots) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    cluster.start();
    return new TestCluster(cluster);
  }

  /** Flink's settings of the tests' jobs; checkpoints are frequent and retained. */
  static Configuration settings(Path checkpoints, int parallelism, String stateBackend) {
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
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    PredictJob.build(env, job);
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** Runs a bounded job to its end. */
  void run(PredictJobSettings job, Configuration flink) throws Exception {
    cluster
        .requestJobResult(submit(job, flink))
        .get(2, TimeUnit.MINUTES)
        .toJobExecutionResult(getClass().getClassLoader());
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    cluster.requestJobResult(job).get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
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
