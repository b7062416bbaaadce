package dev.eddy.pipeline.flink;

import java.io.IOException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * Ends a streaming job at what was the end of its topic, so that a later run goes on from there. A
 * job whose source ends by itself could not be continued: Flink discards its checkpoints. Records
 * that arrive meanwhile may be predicted, too.
 */
public final class BoundedRun {
  private static final long PAUSE_MILLIS = 500;

  private final JobClient job;
  private final TopicEnds ends;

  /** Watches {@code job} until it has reached {@code ends}. */
  public BoundedRun(JobClient job, TopicEnds ends) {
    this.job = job;
    this.ends = ends;
  }

  /**
   * Waits, then stops the job with everything committed.
   *
   * @param directory for the savepoint that the next run resumes from
   * @return the savepoint
   */
  public String stopAtEnd(String directory) throws Exception {
    while (!hasCheckpoint(directory) || !ends.reached()) {
      if (job.getJobStatus().get().isGloballyTerminalState()) {
        job.getJobExecutionResult().get();
        throw new IllegalStateException("the job ended before the end of its topic");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    String savepoint = job.stopWithSavepoint(false, directory, SavepointFormatType.NATIVE).get();
    job.getJobExecutionResult().get();
    return savepoint;
  }

  /** A job that has made a checkpoint runs all its tasks; before that it cannot be stopped. */
  private boolean hasCheckpoint(String directory) throws IOException {
    return CheckpointDirectory.newest(directory)
        .filter(newest -> newest.contains(job.getJobID().toString()))
        .isPresent();
  }
}
