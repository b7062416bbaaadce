package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.FailureWatch;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.BoundedRun;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.TopicEnds;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.settings.UserMistake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
final class StreamingRun {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingRun.class);

  private final Deployment deployment;
  private final Configuration settings;
  private final boolean bounded;
  private final boolean resumed;
  private final boolean fresh;
  private final Console console;

  /**
   * A run.
   *
   * @param settings Flink's, with the checkpoint to resume from
   * @param bounded whether it ends at what is the end of the observations topic now
   * @param resumed whether there is a checkpoint to resume from
   * @param fresh whether the user asked to begin anew
   */
  StreamingRun(
      Deployment deployment,
      Configuration settings,
      boolean bounded,
      boolean resumed,
      boolean fresh,
      Console console) {
    this.deployment = deployment;
    this.settings = settings;
    this.bounded = bounded;
    this.resumed = resumed;
    this.fresh = fresh;
    this.console = console;
  }

  /**
   * Submits the job to a cluster; says which job it is.
   *
   * @param target as the user named it
   */
  Map<String, Object> submit(StreamExecutionEnvironment environment, String target) {
    TopicEnds ends = endsOnCluster();
    PredictJob.build(environment, PredictJobSettings.of(deployment, false));
    JobClient job = accepted(environment, target);
    console.line("submitted job " + job.getJobID());
    if (bounded) {
      try {
        stopAtEnd(job, ends);
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
      throw ExceptionUtils.findThrowable(e, RestClientException.class)
          .<Exception>map(refusal -> refusal)
          .or(() -> ExceptionUtils.findThrowable(e, ConnectionClosedException.class))
          .<RuntimeException>map(refusal -> refused(target, refusal, e))
          .orElseGet(() -> new IllegalStateException("the job was not submitted", e));
    }
  }

  /** What listens there is no Flink cluster, or one that cannot run the job. */
  private static UserMistake refused(String target, Exception refusal, Exception cause) {
    LOG.error("the job was not accepted", cause);
    String why = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("").strip();
    return new UserMistake(
        "--target: " + target + ": the job was not accepted (" + why + ")", cause);
  }

  /**
   * A cluster may keep state that is not known here: what was predicted is not forgotten unasked.
   */
  private TopicEnds endsOnCluster() {
    if (resumed || fresh) {
      return ends();
    }
    TopicEnds ends = TopicEnds.of(deployment);
    ends.requireNoProgress();
    return ends;
  }

  private TopicEnds ends() {
    TopicEnds ends = TopicEnds.of(deployment);
    if (!resumed) {
      ends.forgetProgress();
    }
    return ends;
  }

  /** The job's source has no end of its own: Flink discards the checkpoints of a job that ends. */
  private void stopAtEnd(JobClient job, TopicEnds ends) throws Exception {
    String directory = settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    console.line("stopped with " + new BoundedRun(job, ends).stopAtEnd(directory));
  }

  /**
   * Runs the job in this process until it ends.
   *
   * @param ended told which job it was and how long it ran, before Flink is closed
   */
  void here(Consumer<Map<String, Object>> ended) {
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      TopicEnds ends = ends();
      StreamExecutionEnvironment environment = flink.environment(settings);
      PredictJob.build(environment, PredictJobSettings.of(deployment, false));
      long start = System.nanoTime();
      JobClient job = environment.executeAsync();
      sayRunning(flink);
      sayIfSlow();
      try (FailureWatch failures = FailureWatch.start(flink, job.getJobID(), console);
          BrokerWatch brokers =
              BrokerWatch.start(
                  deployment.kafka(), deployment.topics().observations(), console::line)) {
        await(flink, job, ends);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      console.line("finished after " + Formats.seconds(seconds));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("deployment", deployment.name());
      result.put("job", job.getJobID().toString());
      result.put("seconds", seconds);
      ended.accept(result);
    } catch (Exception e) {
      throw new IllegalStateException("the job ended with a failure", e);
    }
  }

  /** The vector module may be missing; on a cluster, its processes say so to their logs. */
  private void sayIfSlow() {
    EngineKind chosen =
        EngineChoice.of(deployment.serving(), new ModelAnnouncer(deployment)::announced);
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

  private void await(EmbeddedFlink flink, JobClient job, TopicEnds ends) throws Exception {
    if (bounded) {
      stopAtEnd(job, ends);
    } else {
      CompletableFuture.anyOf(job.getJobExecutionResult(), flink.givenUp()).get();
    }
  }
}
