package dev.eddy.pipeline.cli.models;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.ClusterJobs;
import dev.eddy.pipeline.flink.JobTarget;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a running job which versions it needs: those of its keys' states, and what serves where each
 * of its subtasks is in event time.
 */
final class NeededVersions {
  private static final String METRIC = ".predict.eddy.keys-by-model";
  private static final Duration PATIENCE = Duration.ofSeconds(45); // it asks its tasks now and then
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private NeededVersions() {}

  /**
   * How many keys' states each version has made, by number; 0 for one that serves all the same.
   *
   * @param target address of the REST interface of whatever runs it
   * @throws UserMistake where that is not known
   */
  static Map<Integer, Long> of(Deployment deployment, String target) throws InterruptedException {
    JobTarget.requireListening(target);
    ClusterJobs cluster = new ClusterJobs(target);
    String job =
        cluster.requireRunning(deployment.name(), PredictJobDefaults.jobName(deployment.name()));
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      List<String> told = told(cluster, job, target);
      if (!told.isEmpty()) {
        return sum(told);
      }
      Thread.sleep(PAUSE.toMillis());
    }
    throw new UserMistake(
        "deployment "
            + deployment.name()
            + ": job "
            + job
            + " on "
            + target
            + " does not tell which versions its keys need (must be of this version of Eddy)");
  }

  private static List<String> told(ClusterJobs cluster, String job, String target) {
    try {
      return cluster.told(job, METRIC);
    } catch (IOException e) {
      throw new UserMistake(
          "--target: " + target + ": does not tell of job " + job + " (" + e.getMessage() + ")", e);
    }
  }

  /** One subtask's counts may be below 0; those of all together are right. */
  static Map<Integer, Long> sum(List<String> told) {
    KeyCounts keys = new KeyCounts();
    Map<Integer, Long> needed = new TreeMap<>();
    for (String subtask : told) {
      for (String line : subtask.isEmpty() ? new String[0] : subtask.split(",")) {
        keys.addLine(line);
        if (line.endsWith(" 0")) {
          needed.put(Integer.parseInt(line.substring(0, line.indexOf(' '))), 0L);
        }
      }
    }
    for (Map.Entry<ExactModel, Long> each : keys.all().entrySet()) {
      needed.merge(each.getKey().version(), each.getValue(), Long::sum);
    }
    return needed;
  }
}
