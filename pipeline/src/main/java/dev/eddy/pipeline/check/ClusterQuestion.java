package dev.eddy.pipeline.check;

import dev.eddy.pipeline.check.probe.Probe;
import dev.eddy.pipeline.check.probe.ProbeJob;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.ClusterOverview;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
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
 * @param settings Flink's, which would hold for the job
 * @param cluster makes an environment whose jobs run there
 */
record ClusterQuestion(
    Deployment deployment,
    String target,
    Configuration settings,
    Function<Configuration, StreamExecutionEnvironment> cluster)
    implements Question {
  private static final int MOST_TASKS = 128;
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  @Override
  public void ask(Findings findings) {
    ClusterOverview overview = ClusterOverview.of(target);
    String ours = EnvironmentInformation.getVersion();
    if (!ours.equals(overview.version())) {
      findings.note("--target: Flink " + overview.version() + " there, " + ours + " here");
    }
    slots(overview, findings);
    findings.ask(new JobQuestion(deployment, settings));
    if (overview.freeSlots() > 0) {
      probe(overview, findings);
    }
  }

  private void slots(ClusterOverview overview, Findings findings) {
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
    if (overview.slots() > 0 && overview.slots() < needed && !overview.elastic()) {
      findings.wrong("--target: " + found + " (must have " + needed + " for parallelism.default)");
    } else if (overview.freeSlots() < needed) {
      findings.note("--target: " + found + ", the job needs " + needed);
    } else {
      findings.fine("cluster " + found);
    }
    if (overview.freeSlots() == 0) {
      findings.note(
          "--target: no slot is free to ask task managers from, so nobody knows whether they reach"
              + " store, checkpoints and brokers");
    }
  }

  private void probe(ClusterOverview overview, Findings findings) {
    String checkpoints =
        settings.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).orElse("");
    if (checkpoints.isEmpty()) {
      findings.note(
          "--target: neither the cluster nor the file names execution.checkpointing.dir (without it"
              + " checkpoints are kept in the job manager's memory, and end with it)");
    }
    long before = System.currentTimeMillis();
    List<Probe.Seen> seen = look(probe(checkpoints, findings), overview.freeSlots(), findings);
    long after = System.currentTimeMillis();
    seen.forEach(each -> tell(each, before, after, findings));
    if (!seen.isEmpty() && seen.size() < overview.taskManagers()) {
      findings.note(
          "--target: "
              + seen.size()
              + " of "
              + overview.taskManagers()
              + " task managers looked; the others have no free slot");
    }
  }

  /** This machine need not see what the cluster's do. */
  private Probe probe(String checkpoints, Findings findings) {
    List<String> versions = List.of();
    try {
      versions = Probe.versions(deployment.store(), deployment.modelName());
    } catch (UserMistake e) {
      e.lines().forEach(findings::note);
    }
    return new Probe(
        deployment.kafka(), deployment.store(), deployment.modelName(), versions, checkpoints);
  }

  private List<Probe.Seen> look(Probe probe, int freeSlots, Findings findings) {
    Configuration once = new Configuration();
    once.setString("restart-strategy.type", "none");
    try {
      return ProbeJob.run(cluster.apply(once), probe, Math.min(freeSlots, MOST_TASKS));
    } catch (UserMistake e) { // of this machine: there is no jar
      throw e;
    } catch (TimeoutException e) { // others may have taken the slots meanwhile
      findings.note(
          "--target: " + target + ": the task managers did not answer: " + e.getMessage());
    } catch (Exception e) { // of any type, from there
      Throwable root = ExceptionUtils.stripExecutionException(e);
      findings.wrong("--target: " + target + ": a small job did not run there: " + innermost(root));
    }
    return List.of();
  }

  private static void tell(Probe.Seen seen, long before, long after, Findings findings) {
    String place = "task manager " + seen.taskManager() + ": ";
    seen.wrong().forEach(line -> findings.wrong(place + line));
    if (seen.wrong().isEmpty()) {
      findings.fine(place + "reaches store, checkpoints and brokers");
    }
    seen.notes().forEach(line -> findings.note(place + line));
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
