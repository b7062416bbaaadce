package dev.eddy.pipeline.cli.demo;

import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

/** Waits for the predictions of the demo's streaming job, and ends it. */
final class RunningJob {
  private static final Duration SILENCE = Duration.ofSeconds(90);

  private final JobClient job;
  private final PredictionFollower follower;
  private final Console console;

  RunningJob(JobClient job, PredictionFollower follower, Console console) {
    this.job = job;
    this.follower = follower;
    this.console = console;
  }

  /**
   * Waits until so many observations have been answered.
   *
   * @param what is awaited, for the progress
   * @throws IllegalStateException when the job fails, or falls silent
   */
  void await(long observations, String what) throws Exception {
    long told = System.nanoTime();
    while (follower.answered() < observations) {
      if (follower.poll()) {
        told = System.nanoTime();
      }
      console.progress(
          "  "
              + what
              + ": "
              + Formats.count(follower.answered())
              + " of "
              + Formats.count(observations)
              + " answered");
      requireRunning();
      requireHeard(told, observations);
    }
  }

  private void requireHeard(long told, long observations) {
    if (System.nanoTime() - told > SILENCE.toNanos()) {
      throw new IllegalStateException(
          "the streaming job fell silent after "
              + follower.answered()
              + " of "
              + observations
              + " observations");
    }
  }

  private void requireRunning() throws Exception {
    JobStatus status = job.getJobStatus().get();
    if (status.isGloballyTerminalState()) {
      try {
        job.getJobExecutionResult().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the streaming job failed", e.getCause());
      }
      throw new IllegalStateException("the streaming job ended: " + status);
    }
  }

  /** Ends the job. */
  void cancel() throws Exception {
    job.cancel().get();
  }
}
