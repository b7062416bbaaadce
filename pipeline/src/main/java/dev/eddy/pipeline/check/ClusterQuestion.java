package dev.eddy.pipeline.check;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.ClusterOverview;
import dev.eddy.pipeline.flink.ClusterSettings;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * Can a cluster run the job: has it slots, and do its task managers reach store, checkpoints and
 * brokers?
 *
 * @param deployment whose job it is
 * @param target the address of the cluster's REST interface
 * @param cluster makes an environment whose jobs run there
 */
record ClusterQuestion(
    Deployment deployment,
    String target,
    Function<Configuration, StreamExecutionEnvironment> cluster)
    implements Question {
  private static final int MOST_TASKS = 128;
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  @Override
  public void ask(Findings findings) {
    ClusterOverview overview = ClusterOverview.of(target);
    Configuration settings = settings();
    String ours = EnvironmentInformation.getVersion();
    if (!ours.equals(overview.version())) {
      findings.note("--target: Flink " + overview.version() + " there, " + ours + " here");
    }
    slots(overview, settings, findings);
    findings.ask(new JobQuestion(deployment, settings));
    if (overview.freeSlots() > 0) {
      probe(overview, settings, findings);
    }
  }

  /** What would hold for the job. */
  private Configuration settings() {
    Configuration ofCluster = ClusterSettings.of(target);
    Configuration settings =
        SettingsPrecedence.leftOpen(ofCluster, FlinkSettings.of(deployment.flink()));
    settings.addAll(ofCluster);
    return settings;
  }

  private void slots(ClusterOverview overview, Configuration settings, Findings findings) {
    int needed = settings.get(CoreOptions.DEFAULT_PARALLELISM);
    String found =
        target
            + ", "
            + overview.taskManagers()
            + (overview.taskManagers() == 1 ? " task manager, " : " task managers, ")
            + overview.freeSlots()
            + " of "
            + overview.slots()
            + " slots free";
    if (overview.slots() < needed) {
      findings.wrong("--target: " + found + " (must have " + needed + " for parallelism.default)");
    } else if (overview.freeSlots() < needed) {
      findings.note("--target: " + found + ", the job needs " + needed);
    } else {
      findings.fine("cluster " + found);
    }
    if (overview.slots() > 0 && overview.freeSlots() == 0) {
      findings.note("--target: no slot is free to ask the task managers from");
    }
  }

  private void probe(ClusterOverview overview, Configuration settings, Findings findings) {
    String checkpoints =
        settings.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).orElse("");
    if (checkpoints.isEmpty()) {
      findings.note(
          "--target: neither the cluster nor the file names execution.checkpointing.dir (without it"
              + " checkpoints are kept in the job manager's memory, and end with it)");
    }
    List<String> versions = Probe.versions(deployment.store(), deployment.modelName());
    Probe probe =
        new Probe(
            deployment.kafka(), deployment.store(), deployment.modelName(), versions, checkpoints);
    Configuration once = new Configuration();
    once.setString("restart-strategy.type", "none");
    long before = System.currentTimeMillis();
    List<Probe.Seen> seen;
    try {
      int tasks = Math.min(overview.freeSlots(), MOST_TASKS);
      seen = ProbeJob.run(cluster.apply(once), probe, tasks);
    } catch (Exception e) { // of any type, from there
      Throwable root = ExceptionUtils.stripExecutionException(e);
      findings.wrong("--target: " + target + ": a small job did not run there: " + innermost(root));
      return;
    }
    long after = System.currentTimeMillis();
    seen.forEach(each -> tell(each, before, after, findings));
    if (seen.size() < overview.taskManagers()) {
      findings.note(
          "--target: "
              + seen.size()
              + " of "
              + overview.taskManagers()
              + " task managers looked; the others have no free slot");
    }
  }

  private static void tell(Probe.Seen seen, long before, long after, Findings findings) {
    String place = "task manager " + seen.taskManager() + ": ";
    seen.wrong().forEach(line -> findings.wrong(place + line));
    if (seen.wrong().isEmpty()) {
      findings.fine(place + "reaches store, checkpoints and brokers");
    }
    if (!seen.slowness().isEmpty()) {
      findings.note(place + seen.slowness());
    }
    long apart = Math.max(before - seen.clock(), seen.clock() - after);
    if (apart > CLOCKS_APART.toMillis()) {
      findings.note(
          place
              + "its clock is "
              + Duration.ofMillis(apart).toSeconds()
              + " s or more "
              + (seen.clock() < before ? "behind" : "ahead of")
              + " this machine's");
    }
  }

  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString().lines().findFirst().orElse("");
  }
}
