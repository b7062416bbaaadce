package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.announce.ServableModel;
import dev.eddy.pipeline.check.Questions;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.BoundedRun;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.flink.CheckpointOwner;
import dev.eddy.pipeline.flink.ClusterSettings;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.JobTarget;
import dev.eddy.pipeline.flink.RunLock;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.jspecify.annotations.Nullable;
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
        "the cluster must be able to read the store and the checkpoint directory, and its own",
        "settings come before those of the file."
      })
  private @Nullable String target;

  /** A cluster's own checkpoint directory holds those of all its jobs: the newest is anyone's. */
  private boolean checkpointsAreOurs = true;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read();
    if (target != null) {
      JobTarget.requireListening(target);
    }
    Path file = deploymentFile.file();
    (target == null ? Questions.running(deployment, file) : Questions.submitting(deployment))
        .require();
    sayWhatWillNotServe(deployment);
    Configuration settings = settings(deployment);
    if (uiPort != null) {
      Require.that(uiPort >= 0 && uiPort <= 65_535, "--ui-port", uiPort, "0 to 65535");
      settings.set(RestOptions.PORT, uiPort);
    }
    if (bounded) {
      BoundedRun.complete(settings);
    }
    RunLock lock = lock(checkpointsAreOurs ? settings : new Configuration());
    try {
      run(deployment, settings);
      return 0;
    } finally {
      lock.close();
    }
  }

  /** Embedded, what the file says and our defaults; on a cluster the file fills what that left. */
  private Configuration settings(Deployment deployment) {
    Configuration written = FlinkSettings.of(deployment.flink());
    if (target == null) {
      EmbeddedFlink.complete(written, deploymentFile.file(), deployment.name());
      return written;
    }
    Configuration cluster = ClusterSettings.of(target);
    for (String key : SettingsPrecedence.overruled(cluster, written)) {
      console().line("the cluster's own setting holds, not the file's: flink." + key);
    }
    Configuration settings = SettingsPrecedence.leftOpen(cluster, written);
    checkpointsAreOurs = settings.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    settings.addAll(cluster);
    if (bounded && !settings.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)) {
      throw new UserMistake(
          "--bounded: no checkpoint directory (with --target, flink.execution.checkpointing.dir"
              + " must name one, or the cluster's configuration)");
    }
    return settings;
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

  private void run(Deployment deployment, Configuration settings) throws IOException {
    boolean resumed = beginOrResume(deployment, settings);
    StreamingRun run = new StreamingRun(deployment, settings, bounded, resumed, fresh, console());
    if (target != null) {
      json(run.submit(JobTarget.cluster(target, settings), target));
      return;
    }
    run.here(result -> json(result));
  }

  /** Of what a cluster keeps, only what the settings name is known to be the deployment's. */
  private boolean sayWhatItBeginsWith(Configuration settings) {
    Optional<String> named = settings.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
    console()
        .line(
            named
                .map(savepoint -> "resuming from " + savepoint)
                .orElse(
                    "beginning anew, without state: the file names no checkpoint directory that the"
                        + " cluster leaves to it"));
    return named.isPresent();
  }

  /** Whether there is something to resume from. */
  private boolean beginOrResume(Deployment deployment, Configuration settings) throws IOException {
    if (!checkpointsAreOurs) {
      return sayWhatItBeginsWith(settings);
    }
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
}
