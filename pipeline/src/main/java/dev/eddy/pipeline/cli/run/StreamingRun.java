package dev.eddy.pipeline.cli.run;

import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.FailureWatch;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.status.JobCounters;
import dev.eddy.pipeline.cli.status.RunStatus;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.BoundedRun;
import dev.eddy.pipeline.flink.ClusterJobs;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.TopicEnds;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.settings.Durations;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.rest.ConnectionClosedException;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a deployment's streaming job, in this process or on a cluster, and tells the console. */
public final class StreamingRun {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingRun.class);

  /** How a cluster says that it finds nothing where it is to resume from. */
  private static final String NO_STATE = "Cannot find checkpoint or savepoint";

  private final Deployment deployment;
  private final Configuration settings;
  private final boolean bounded;
  private final Start start;
  private final Console console;

  /**
   * A run.
   *
   * @param settings Flink's, with the checkpoint to resume from
   * @param bounded whether it ends at what is the end of the observations topic now
   * @param start where it begins without state
   */
  public StreamingRun(
      Deployment deployment,
      Configuration settings,
      boolean bounded,
      Start start,
      Console console) {
    this.deployment = deployment;
    this.settings = settings;
    this.bounded = bounded;
    this.start = start;
    this.console = console;
  }

  /**
   * Submits the job to a cluster; says which job it is.
   *
   * @param target as the user named it
   */
  public Map<String, Object> submit(StreamExecutionEnvironment environment, String target) {
    Optional<TopicEnds> ends = ends();
    PredictJob.build(environment, PredictJobSettings.of(deployment, false), start);
    JobClient job = accepted(environment, target);
    console.line("submitted job " + job.getJobID());
    if (ends.isPresent()) {
      try {
        stopAtEnd(job, ends.get(), target, this::sayLeft);
      } catch (Exception e) {
        throw new IllegalStateException("the job ended with a failure", e);
      }
    }
    return Map.of("job", job.getJobID().toString(), "deployment", deployment.name());
  }

  private static JobClient accepted(StreamExecutionEnvironment environment, String target) {
    try {
      return environment.executeAsync();
    } catch (Exception e) { // it declares no other
      throw ExceptionUtils.findThrowable(e, StreamingRun::isRefusal)
          .<RuntimeException>map(refusal -> refused(target, refusal, e))
          .orElseGet(() -> new IllegalStateException("the job was not submitted", e));
    }
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof RestClientException
        || cause instanceof ConnectionClosedException // no Flink listens there
        || String.valueOf(cause.getMessage()).startsWith(NO_STATE);
  }

  /** What listens there is no Flink cluster, or one that cannot run or restore the job. */
  private static UserMistake refused(String target, Throwable refusal, Exception cause) {
    LOG.error("the job was not accepted", cause);
    String why = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("").strip();
    return new UserMistake(
        "--target: " + target + ": the job was not accepted (" + why + ")", cause);
  }

  /** Where a bounded run ends. */
  private Optional<TopicEnds> ends() {
    if (!bounded) {
      return Optional.empty();
    }
    TopicEnds ends = TopicEnds.of(deployment);
    ends.leaveToEarlierRuns();
    return Optional.of(ends);
  }

  /** The job's source has no end of its own: Flink discards the checkpoints of a job that ends. */
  private void stopAtEnd(JobClient job, TopicEnds ends, String cluster, LongConsumer left)
      throws Exception {
    String directory = settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    Duration longestWait = BoundedRun.longestWait(deployment.input());
    if (!longestWait.isZero()) {
      console.line(
          "ends "
              + Durations.format(longestWait)
              + " after the end of its topic, when nothing waits for what may come");
    }
    BoundedRun run = new BoundedRun(job, ends, new ClusterJobs(cluster), longestWait);
    console.line("stopped with " + run.stopAtEnd(directory, left));
  }

  /** All that is known from here of a job that counts elsewhere. */
  private void sayLeft(long left) {
    console.progress("  " + Formats.count(left) + " observations to go to the end of the topic");
  }

  private void stopAtEndUnchecked(JobClient job, TopicEnds ends, String cluster) {
    try {
      stopAtEnd(job, ends, cluster, left -> {}); // its status is shown
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /**
   * Runs the job in this process until it ends.
   *
   * @param shown whether lines of its status are wanted
   * @param ended told which job it was and what it did, before Flink is closed
   * @param stopped the same, when the process is told to end
   */
  public void here(
      boolean shown, Consumer<Map<String, Object>> ended, Consumer<Map<String, Object>> stopped) {
    Configuration counted = new Configuration(settings);
    try (JobCounters counters = JobCounters.in(counted);
        EmbeddedFlink flink = EmbeddedFlink.start(counted)) {
      Optional<TopicEnds> ends = ends();
      StreamExecutionEnvironment environment = flink.environment(settings);
      PredictJob.build(environment, PredictJobSettings.of(deployment, false), start);
      JobClient job = environment.executeAsync();
      sayRunning(flink);
      sayIfSlow();
      String id = job.getJobID().toString();
      try (FailureWatch failures = FailureWatch.start(flink, job.getJobID(), console);
          BrokerWatch brokers =
              BrokerWatch.start(
                  deployment.kafka(), deployment.topics().observations(), console::line);
          RunStatus status =
              RunStatus.start(
                  flink,
                  job.getJobID(),
                  deployment.modelName(),
                  counters,
                  console,
                  shown,
                  numbers -> stopped.accept(result(id, numbers)))) {
        await(flink, job, ends);
        status.finished(numbers -> ended.accept(result(id, numbers)));
      }
    } catch (Exception e) {
      throw new IllegalStateException("the job ended with a failure", e);
    }
  }

  private Map<String, Object> result(String job, Map<String, Object> numbers) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("deployment", deployment.name());
    result.put("job", job);
    result.putAll(numbers);
    return result;
  }

  /** The vector module may be missing; on a cluster, its processes say so to their logs. */
  private void sayIfSlow() {
    EngineKind chosen =
        EngineChoice.of(
            deployment.serving(),
            deployment.trustedStores(),
            new ModelAnnouncer(deployment)::standing);
    StepEngines.slowness(chosen).ifPresent(console::line);
  }

  private void sayRunning(EmbeddedFlink flink) {
    console.line("running " + deployment.name() + "; Flink's web UI: " + flink.address());
    console.line(
        deployment.topics().observations()
            + " → "
            + deployment.topics().predictions()
            + (bounded ? "" : "; end it with Ctrl-C, the next run goes on from there"));
  }

  private void await(EmbeddedFlink flink, JobClient job, Optional<TopicEnds> ends)
      throws Exception {
    if (ends.isPresent()) {
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(
              () -> stopAtEndUnchecked(job, ends.get(), flink.address().getAuthority()));
      CompletableFuture.anyOf(stopped, flink.givenUp()).get();
    } else {
      CompletableFuture.anyOf(job.getJobExecutionResult(), flink.givenUp()).get();
    }
  }
}
