package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.pipeline.announce.ServableModel;
import dev.eddy.pipeline.check.Findings;
import dev.eddy.pipeline.check.Questions;
import dev.eddy.pipeline.cli.run.RefusalLines;
import dev.eddy.pipeline.cli.run.RunStart;
import dev.eddy.pipeline.cli.run.StartOption;
import dev.eddy.pipeline.cli.run.StreamingRun;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.BoundedRun;
import dev.eddy.pipeline.flink.ClusterJobs;
import dev.eddy.pipeline.flink.ClusterSettings;
import dev.eddy.pipeline.flink.DeploymentLock;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.EmbeddedJobs;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.JobTarget;
import dev.eddy.pipeline.flink.RunLock;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.pipeline.version.Refusals;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy run}: the streaming job. */
@Command(
    name = "run",
    description = {
      "Runs the streaming job: observations from Kafka, predictions to Kafka.",
      "It resumes from the newest checkpoint that an earlier run of the deployment left; where",
      "there is none although it has predicted already, it asks what to begin with."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RunCommand extends EddyCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final String UNNAMED =
      "the file names no checkpoint directory that the cluster leaves to it";

  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @ArgGroup(heading = "What it begins with, if not with that checkpoint:%n")
  private StartOption start = new StartOption();

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
    RefusalLines refusals = sayWhatWillNotServe(deployment);
    Configuration settings = settings(deployment);
    if (uiPort != null) {
      Require.that(uiPort >= 0 && uiPort <= 65_535, "--ui-port", uiPort, "0 to 65535");
      settings.set(RestOptions.PORT, uiPort);
    }
    if (bounded) {
      BoundedRun.complete(settings);
    }
    String kafka = DeploymentTopics.kafka(deployment);
    try (var alone = DeploymentLock.take(kafka, deployment.name(), deploymentFile.file());
        RunLock folder = lock(target == null ? settings : new Configuration());
        Refusals.Listening told = Refusals.listen(refusals)) {
      LOG.debug("locked {} and {}, tells {}", alone, folder, told);
      run(deployment, settings);
      return 0;
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
      throw FileFault.unwritable(
          "flink.execution.checkpointing.dir",
          String.valueOf(settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)),
          FileFault.of(e),
          e);
    }
  }

  /**
   * The job on a cluster says so to its log only, and when it has begun.
   *
   * @throws UserMistake if none will, here, or the newest does another thing than is asked
   */
  private RefusalLines sayWhatWillNotServe(Deployment deployment) {
    RefusalLines lines = new RefusalLines(console());
    List<ServableModel> announced = ServableModel.of(deployment);
    for (ServableModel model : announced) {
      if (model.readable() || target == null) {
        model.refusal().ifPresent(why -> lines.tell(model.id(), why));
      }
    }
    if (target == null
        && !announced.isEmpty()
        && announced.stream().noneMatch(RunCommand::serves)) {
      throw new UserMistake(
          "model "
              + deployment.modelName()
              + ": every version is refused (one must be able to serve)");
    }
    requireWhatIsAsked(announced);
    return lines;
  }

  /** Of versions before the newest, an older file may have asked another thing. */
  private static void requireWhatIsAsked(List<ServableModel> announced) {
    announced.stream()
        .filter(RunCommand::serves)
        .reduce((earlier, later) -> later)
        .map(ServableModel::differences)
        .filter(differences -> !differences.isEmpty())
        .ifPresent(
            differences -> {
              throw new UserMistake(differences);
            });
  }

  private static boolean serves(ServableModel model) {
    return model.refusal().isEmpty();
  }

  private void run(Deployment deployment, Configuration settings) throws IOException {
    if (target == null) {
      Start from = begin(deployment, settings, Optional::empty);
      EmbeddedJobs.begin(settings);
      new StreamingRun(deployment, settings, bounded, from, console())
          .here(!wantsJson(), this::json, this::jsonNow);
      return;
    }
    ClusterJobs cluster = new ClusterJobs(target);
    String job =
        settings
            .getOptional(PipelineOptions.NAME)
            .orElse(PredictJobDefaults.jobName(deployment.name()));
    cluster.requireNone(deployment.name(), job, "");
    Findings seen = Questions.ofTaskManagers(deployment, target, settings);
    seen.notes().forEach(console()::line);
    seen.require();
    Start from = begin(deployment, settings, () -> cluster.lastState(deployment.name(), job));
    StreamingRun run = new StreamingRun(deployment, settings, bounded, from, console());
    json(run.submit(JobTarget.cluster(target, settings), target));
  }

  /** Of what a cluster keeps, only what the settings name is known to be the deployment's. */
  private Start begin(
      Deployment deployment, Configuration settings, Supplier<Optional<String>> lastState)
      throws IOException {
    RunStart begin = new RunStart(deployment, settings, start, console());
    if (!checkpointsAreOurs) {
      return begin.onCluster(UNNAMED, lastState);
    }
    try {
      Start from = begin.inOwnDirectory(target != null, lastState);
      if (target != null) {
        EmbeddedJobs.handOver(settings);
      }
      return from;
    } catch (IOException e) {
      if (target == null) {
        throw e;
      }
      LOG.warn("the checkpoint directory cannot be seen from here", e);
      return begin.onCluster("the checkpoint directory cannot be seen from here", lastState);
    }
  }
}
