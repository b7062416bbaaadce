package dev.eddy.pipeline.flink;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a job with a savepoint, and tries again where that fails: a job that is just being started
 * again cannot be stopped, and goes on. Who gives up leaves a running job behind, and says so.
 */
final class SavepointStop {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointStop.class);
  private static final int TRIES = 10;

  private final JobClient job;
  private final String address;
  private final Duration pause;

  /**
   * The end of a job.
   *
   * @param address of the cluster that it runs on
   * @param pause between two tries
   */
  SavepointStop(JobClient job, String address, Duration pause) {
    this.job = job;
    this.address = address;
    this.pause = pause;
  }

  /**
   * Stops it, unless it ends by itself.
   *
   * @param directory for the savepoint
   * @return the savepoint
   * @throws IllegalStateException if it still runs
   */
  String into(String directory) throws Exception {
    String last = "";
    for (int i = 0; i < TRIES; i++) {
      try {
        String savepoint =
            job.stopWithSavepoint(false, directory, SavepointFormatType.NATIVE).get();
        job.getJobExecutionResult().get();
        return savepoint;
      } catch (ExecutionException e) {
        LOG.warn("job {} on {} was not stopped", job.getJobID(), address, e);
        last = innermost(e);
      }
      if (hasEnded()) {
        job.getJobExecutionResult().get(); // its failure, if it is one
        return "a savepoint in " + directory;
      }
      Thread.sleep(pause.toMillis());
    }
    throw new IllegalStateException(stillRuns(directory, last));
  }

  private boolean hasEnded() throws InterruptedException {
    try {
      return job.getJobStatus().get().isGloballyTerminalState();
    } catch (ExecutionException e) {
      LOG.warn("job {} on {} does not tell its state", job.getJobID(), address, e);
      return false;
    }
  }

  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private String stillRuns(String directory, String why) {
    return "job "
        + job.getJobID()
        + " on "
        + address
        + " has come to the end and still runs: "
        + why
        + " (must be stopped: flink stop -m "
        + address
        + " -p "
        + directory
        + " "
        + job.getJobID()
        + ")";
  }
}
