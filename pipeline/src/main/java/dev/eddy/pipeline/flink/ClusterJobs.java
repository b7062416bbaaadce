package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a cluster what it knows of a deployment's jobs, by its REST interface: whoever starts one
 * may see neither the cluster's processes nor its file systems.
 */
public final class ClusterJobs {
  /** The job parameter that says whose job it is, whatever its name. */
  public static final String DEPLOYMENT = "eddy.deployment";

  private static final Logger LOG = LoggerFactory.getLogger(ClusterJobs.class);
  private static final String MUST_RUN = " (must be RUNNING)";

  private final String address;

  /** A job as {@code /jobs/overview} tells of it. */
  private record Job(String id, String name, JobStatus state, long end) {
    boolean ended() {
      return state.isGloballyTerminalState();
    }
  }

  /**
   * The jobs of a cluster.
   *
   * @param address of its REST interface, {@code host:port}
   */
  public ClusterJobs(String address) {
    this.address = address;
  }

  /** Of its REST interface. */
  String address() {
    return address;
  }

  /**
   * Requires that no job of a deployment runs there. A cluster that does not answer is not taken
   * for one that runs it: the submission will say why, and a second job is fenced.
   *
   * @param name of the deployment's job
   * @param self id of a job that is none of the others; may be of none
   * @throws UserMistake that names the job
   */
  public void requireNone(String deployment, String name, String self) {
    running(deployment, name, self)
        .ifPresent(
            job -> {
              throw new UserMistake(
                  "deployment "
                      + deployment
                      + ": job "
                      + job.id()
                      + " on "
                      + address
                      + " is "
                      + job.state()
                      + " (must have ended: a deployment runs once)");
            });
  }

  /**
   * The job of a deployment that runs there, all of its tasks.
   *
   * @param name of the deployment's job
   * @return its id
   * @throws UserMistake if there is none, or the cluster does not tell
   */
  public String requireRunning(String deployment, String name) {
    try {
      Job job =
          jobs().stream()
              .filter(each -> !each.ended() && isOf(each, deployment, name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserMistake(
                          "deployment " + deployment + ": no job on " + address + MUST_RUN));
      if (job.state() != JobStatus.RUNNING) {
        throw new UserMistake(
            "deployment "
                + deployment
                + ": job "
                + job.id()
                + " on "
                + address
                + " is "
                + job.state()
                + MUST_RUN);
      }
      return job.id();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserMistake(
          "--target: " + address + ": does not tell which jobs it runs (" + e.getMessage() + ")",
          e);
    }
  }

  /**
   * What each subtask tells of itself under the name of one of its metrics.
   *
   * @param job its id
   * @param metric as it ends, such as {@code .predict.eddy.engine}
   * @return one text a subtask; empty while some have not told theirs yet
   */
  public List<String> told(String job, String metric) throws IOException {
    for (JsonNode vertex : RestInterface.get(address, "/jobs/" + job).path("vertices")) {
      String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      List<String> names = new ArrayList<>();
      for (JsonNode each : RestInterface.get(address, path)) {
        if (each.path("id").asText().endsWith(metric)) {
          names.add(each.path("id").asText());
        }
      }
      if (!names.isEmpty()) {
        List<String> told = new ArrayList<>();
        for (JsonNode each : RestInterface.get(address, path + "?get=" + String.join(",", names))) {
          told.add(each.path("value").asText());
        }
        return told.size() == vertex.path("parallelism").asInt() ? told : List.of();
      }
    }
    return List.of();
  }

  private Optional<Job> running(String deployment, String name, String self) {
    try {
      return jobs().stream()
          .filter(job -> !job.ended() && !job.id().equals(self) && isOf(job, deployment, name))
          .findFirst();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} does not tell which jobs it runs", address, e);
      return Optional.empty();
    }
  }

  /** Where the job of a deployment that ended last left its state, as far as the cluster knows. */
  public Optional<String> lastState(String deployment, String name) {
    try {
      Optional<Job> last =
          jobs().stream()
              .filter(job -> job.ended() && isOf(job, deployment, name))
              .max(Comparator.comparingLong(Job::end));
      return last.isEmpty() ? Optional.empty() : state(last.get());
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} does not tell which jobs it ran", address, e);
      return Optional.empty();
    }
  }

  private Optional<String> state(Job job) throws IOException {
    JsonNode latest =
        RestInterface.get(address, "/jobs/" + job.id() + "/checkpoints").path("latest");
    JsonNode newest = latest.path("completed");
    JsonNode savepoint = latest.path("savepoint");
    if (savepoint.path("id").asLong(-1) > newest.path("id").asLong(-1)) {
      newest = savepoint;
    }
    String path = newest.path("external_path").asText("");
    boolean kept = path.contains(":/") && !newest.path("discarded").asBoolean(false);
    return kept ? Optional.of(path) : Optional.empty();
  }

  /** Whether a job has completed a checkpoint: it then runs all its tasks and can be stopped. */
  boolean hasCheckpoint(JobID job) {
    try {
      return RestInterface.get(address, "/jobs/" + job + "/checkpoints")
              .path("counts")
              .path("completed")
              .asLong()
          > 0;
    } catch (IOException e) {
      LOG.warn("{} does not tell of the checkpoints of job {}", address, job, e);
      return false;
    }
  }

  private List<Job> jobs() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode each : RestInterface.get(address, "/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(
              each.path("jid").asText(),
              each.path("name").asText(),
              JobStatus.valueOf(each.path("state").asText()),
              each.path("end-time").asLong()));
    }
    return jobs;
  }

  /** A job that does not tell, because it is just beginning or of an older Eddy, has its name. */
  private boolean isOf(Job job, String deployment, String name) {
    try {
      JsonNode owner =
          RestInterface.get(address, "/jobs/" + job.id() + "/config")
              .path("execution-config")
              .path("user-config")
              .path(DEPLOYMENT);
      if (!owner.isMissingNode()) {
        return owner.asText().equals(deployment);
      }
    } catch (IOException e) {
      LOG.debug("job {} on {} does not tell its parameters", job.id(), address, e);
    }
    return job.name().equals(name);
  }
}
