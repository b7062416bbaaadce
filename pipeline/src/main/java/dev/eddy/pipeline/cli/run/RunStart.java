package dev.eddy.pipeline.cli.run;

import dev.eddy.connectors.kafka.start.Progress;
import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.flink.CheckpointOwner;
import dev.eddy.pipeline.stream.CheckpointedOffsets;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides what a run begins with, and says so: the state that the user names, the newest that the
 * deployment has, or none, which is refused where the deployment has made progress.
 */
public final class RunStart {
  private final Deployment deployment;
  private final Configuration settings;
  private final StartOption option;
  private final Console console;

  /**
   * The start of a run.
   *
   * @param settings Flink's; what to restore is written there
   */
  public RunStart(
      Deployment deployment, Configuration settings, StartOption option, Console console) {
    this.deployment = deployment;
    this.settings = settings;
    this.option = option;
    this.console = console;
  }

  /**
   * In a checkpoint directory that is the deployment's own.
   *
   * @param elsewhere whether the job will see other file systems, which no path can be looked up in
   * @param lastState what a cluster knows of the deployment's last job
   */
  public Start inOwnDirectory(boolean elsewhere, Supplier<Optional<String>> lastState)
      throws IOException {
    boolean takeOver = option.savepoint().filter(this::liesInOwnDirectory).isPresent();
    CheckpointOwner.requireDeployment(settings, deployment.name(), takeOver);
    if (option.start() == Start.FRESH) {
      CheckpointDirectory.setAside(settings)
          .ifPresent(aside -> console.line("set the checkpoints aside: " + aside));
    }
    CheckpointOwner.requireTopic(settings, DeploymentTopics.observations(deployment));
    if (option.savepoint().isPresent() && !elsewhere) {
      requireSavepoint(option.savepoint().get());
    } else if (option.savepoint().isEmpty() && option.start() == Start.FIRST) {
      Optional<String> newest = CheckpointDirectory.resume(settings);
      if (newest.isPresent()) {
        requireNewest(newest.get(), lastState);
      }
    }
    return decide("anew: there is no checkpoint to resume from", lastState);
  }

  /**
   * The newest of a directory is not the deployment's newest where its job went on elsewhere: what
   * that has predicted would be predicted again.
   */
  private void requireNewest(String checkpoint, Supplier<Optional<String>> lastState)
      throws IOException {
    if (Boolean.parseBoolean(deployment.kafka().get("enable.auto.commit"))) {
      return; // offsets are committed as they are read, before their checkpoint
    }
    Progress progress = PredictJobSettings.of(deployment, false).progress();
    Map<TopicPartition, Long> read =
        CheckpointedOffsets.of(checkpoint, deployment.topics().observations());
    Map<TopicPartition, Long> committed = progress.committed();
    boolean behind =
        read.entrySet().stream()
            .anyMatch(each -> committed.getOrDefault(each.getKey(), 0L) > each.getValue());
    if (behind) {
      throw new UserMistake(
          behind(Progress.named(committed), Progress.named(read), checkpoint, waysOut(lastState)));
    }
  }

  private String behind(String committed, String read, String checkpoint, String waysOut) {
    return "deployment "
        + deployment.name()
        + ": its consumer group has come to "
        + committed
        + ", the newest checkpoint in the directory to "
        + read
        + " (another run has gone further elsewhere: must be started from its state, "
        + waysOut
        + "; --from-savepoint "
        + checkpoint
        + " resumes all the same, and predicts what followed once more)";
  }

  /**
   * Who names a checkpoint there says whose the directory is; of one elsewhere that is not said.
   */
  private boolean liesInOwnDirectory(String savepoint) {
    return settings
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .map(directory -> location(directory) + "/")
        .filter(directory -> location(absolute(savepoint)).startsWith(directory))
        .isPresent();
  }

  private static String location(String path) {
    return new org.apache.flink.core.fs.Path(path).getPath();
  }

  private static void requireSavepoint(String path) throws IOException {
    String where = absolute(path);
    if (!CheckpointDirectory.holds(where)) {
      throw new UserMistake(
          "--from-savepoint: " + where + " (must be a completed savepoint or checkpoint)");
    }
  }

  /**
   * On a cluster whose checkpoint directory is not the deployment's alone, or not seen from here.
   *
   * @param why there is none to look into
   * @param lastState what the cluster knows of the deployment's last job
   */
  public Start onCluster(String why, Supplier<Optional<String>> lastState) {
    return decide("anew, without state: " + why, lastState);
  }

  private Start decide(String why, Supplier<Optional<String>> lastState) {
    Start start = option.start();
    option.savepoint().ifPresent(this::resumeFrom);
    if (start != Start.FIRST) {
      settings.removeConfig(StateRecoveryOptions.SAVEPOINT_PATH);
    }
    Optional<String> named = settings.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
    if (named.isPresent()) {
      console.line("resuming from " + named.get());
      return start;
    }
    Progress progress = PredictJobSettings.of(deployment, false).progress();
    switch (start) {
      case FIRST -> {
        progress.requireNone(waysOut(lastState));
        console.line("beginning " + why);
      }
      case COMMITTED ->
          console.line(
              "going on with cold keys behind " + Progress.named(progress.requireCommitted()));
      case FRESH -> console.line("beginning anew, as asked");
    }
    return start;
  }

  private static String waysOut(Supplier<Optional<String>> lastState) {
    String such = lastState.get().map(path -> ", such as " + path).orElse("");
    return "with --from-savepoint PATH"
        + such
        + "; with --from committed, which goes on behind these offsets with cold keys; or with"
        + " --fresh, which predicts everything once more";
  }

  private void resumeFrom(String savepoint) {
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, absolute(savepoint));
    if (settings.getOptional(StateRecoveryOptions.RESTORE_MODE).isEmpty()) {
      settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    }
  }

  private static String absolute(String path) {
    return path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")
        ? path
        : Path.of(path).toAbsolutePath().normalize().toUri().toString();
  }
}
