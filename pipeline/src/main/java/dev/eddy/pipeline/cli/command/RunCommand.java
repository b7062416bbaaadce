package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.cli.console.FailureWatch;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.BoundedRun;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.flink.CheckpointOwner;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.JobTarget;
import dev.eddy.pipeline.flink.RunLock;
import dev.eddy.pipeline.flink.TopicEnds;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy run}: the streaming job. */
@Command(
    name = "run",
    description = {
      "Runs the streaming job: observations from Kafka, predictions to Kafka.",
      "It resumes from the newest checkpoint that an earlier run of the deployment left."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RunCommand extends EddyCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final Duration BOUNDED_INTERVAL = Duration.ofSeconds(1);
  private static final int BOUNDED_RESTARTS = 10; // in two minutes, as Flink spaces them

  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(
      names = "--fresh",
      description = "Begins anew; the checkpoints of earlier runs are set aside.")
  private boolean fresh;

  @Option(
      names = "--bounded",
      description = "Ends at what is the end of the observations topic now, everything committed.")
  private boolean bounded;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description = "Port of Flink's web UI on the loopback; any free one unless given.")
  private @Nullable Integer uiPort;

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = {
        "Submits the job to the cluster whose REST interface is there, instead of running it here;",
        "the cluster must be able to read the store and the checkpoint directory."
      })
  private @Nullable String target;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read();
    DeploymentTopics.require(deployment);
    if (target != null) {
      JobTarget.requireListening(target);
    }
    sayWhatWillNotServe(deployment);
    Configuration settings = FlinkSettings.of(deployment.flink());
    if (uiPort != null) {
      Require.that(uiPort >= 0 && uiPort <= 65_535, "--ui-port", uiPort, "0 to 65535");
      settings.set(RestOptions.PORT, uiPort);
    }
    if (bounded) {
      completeForBounded(settings);
    }
    RunLock lock = lock(settings);
    try {
      return run(deployment, settings);
    } finally {
      lock.close();
    }
  }

  /** The first that is done with the checkpoints, and so the one that finds out what they are. */
  private static RunLock lock(Configuration settings) {
    try {
      return RunLock.take(settings);
    } catch (IOException e) {
      throw new UserMistake(
          "flink.execution.checkpointing.dir: "
              + settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
              + " (must be a directory to write to: "
              + FileFault.of(e)
              + ")",
          e);
    }
  }

  /** The job itself says so to its log only, and when it has begun. */
  private void sayWhatWillNotServe(Deployment deployment) {
    for (ServableModel model : ServableModel.of(deployment)) {
      if (model.readable() || target == null) {
        model.refusal().ifPresent(why -> console().line("will not serve: " + why));
      }
    }
  }

  /** What is bounded must end: Flink's own default is to start a failing job again for ever. */
  static void completeForBounded(Configuration settings) {
    if (!settings.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL)) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, BOUNDED_INTERVAL);
    }
    if (!settings.contains(RestartStrategyOptions.RESTART_STRATEGY)) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    }
    if (!settings.contains(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS)) {
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, BOUNDED_RESTARTS);
    }
  }

  private int run(Deployment deployment, Configuration settings) throws IOException {
    boolean resumed = beginOrResume(deployment, settings);
    if (target != null) {
      return submit(deployment, settings, resumed, JobTarget.cluster(target, settings));
    }
    return JobTarget.ofFlinkRun(settings)
        .map(environment -> submit(deployment, settings, resumed, environment))
        .orElseGet(() -> runHere(deployment, settings, resumed));
  }

  /** Whether there is something to resume from. */
  private boolean beginOrResume(Deployment deployment, Configuration settings) throws IOException {
    if (fresh) {
      CheckpointDirectory.setAside(settings)
          .ifPresent(aside -> console().line("set the checkpoints aside: " + aside));
    }
    CheckpointOwner.require(settings, DeploymentTopics.observations(deployment));
    if (fresh) {
      return false;
    }
    Optional<String> newest = CheckpointDirectory.resume(settings);
    console()
        .line(
            newest
                .map(checkpoint -> "resuming from " + checkpoint)
                .orElse("beginning anew: there is no checkpoint to resume from"));
    return newest.isPresent();
  }

  private int submit(
      Deployment deployment,
      Configuration settings,
      boolean resumed,
      StreamExecutionEnvironment environment) {
    TopicEnds ends = ends(deployment, resumed);
    PredictJob.build(environment, PredictJobSettings.of(deployment, false));
    JobClient job = accepted(environment);
    console().line("submitted job " + job.getJobID());
    if (bounded) {
      try {
        stopAtEnd(job, ends, settings);
      } catch (Exception e) {
        throw new IllegalStateException("the job ended with a failure", e);
      }
    }
    json(Map.of("job", job.getJobID().toString(), "deployment", deployment.name()));
    return 0;
  }

  private JobClient accepted(StreamExecutionEnvironment environment) {
    try {
      return environment.executeAsync();
    } catch (Exception e) { // it declares no other
      throw ExceptionUtils.findThrowable(e, RestClientException.class)
          .<RuntimeException>map(refusal -> refused(refusal, e))
          .orElseGet(() -> new IllegalStateException("the job was not submitted", e));
    }
  }

  /** What listens there is no Flink cluster, or one that cannot run the job. */
  private UserMistake refused(RestClientException refusal, Exception cause) {
    LOG.error("the job was not accepted", cause);
    String why = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("").strip();
    return new UserMistake(
        "--target: " + target + ": the job was not accepted (" + why + ")", cause);
  }

  private static TopicEnds ends(Deployment deployment, boolean resumed) {
    TopicEnds ends = TopicEnds.of(deployment);
    if (!resumed) {
      ends.forgetProgress();
    }
    return ends;
  }

  /** The job's source has no end of its own: Flink discards the checkpoints of a job that ends. */
  private void stopAtEnd(JobClient job, TopicEnds ends, Configuration settings) throws Exception {
    String directory = settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    console().line("stopped with " + new BoundedRun(job, ends).stopAtEnd(directory));
  }

  private int runHere(Deployment deployment, Configuration settings, boolean resumed) {
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      TopicEnds ends = ends(deployment, resumed);
      StreamExecutionEnvironment environment = flink.environment(settings);
      PredictJob.build(environment, PredictJobSettings.of(deployment, false));
      long start = System.nanoTime();
      JobClient job = environment.executeAsync();
      console().line("running " + deployment.name() + "; Flink's web UI: " + flink.address());
      console()
          .line(
              deployment.topics().observations()
                  + " → "
                  + deployment.topics().predictions()
                  + (bounded ? "" : "; end it with Ctrl-C, the next run goes on from there"));
      FailureWatch watch = FailureWatch.start(flink, job.getJobID(), console());
      try {
        if (bounded) {
          stopAtEnd(job, ends, settings);
        } else {
          job.getJobExecutionResult().get();
        }
      } finally {
        watch.close();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      console().line("finished after " + Formats.seconds(seconds));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("deployment", deployment.name());
      result.put("job", job.getJobID().toString());
      result.put("seconds", seconds);
      json(result);
      return 0;
    } catch (Exception e) {
      throw new IllegalStateException("the job ended with a failure", e);
    }
  }
}
