package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;

class SavepointStopTest {
  private static final JobID ID = new JobID(1, 2);

  @Test
  void a_job_that_could_not_be_stopped_is_stopped_at_another_try() throws Exception {
    assertThat(stop(new Job(3, JobStatus.RESTARTING)).into("file:/s")).isEqualTo("file:/s/sp");
  }

  @Test
  void one_that_has_ended_meanwhile_is_not_stopped_again() throws Exception {
    assertThat(stop(new Job(1, JobStatus.FINISHED)).into("file:/s"))
        .isEqualTo("a savepoint in file:/s");
  }

  @Test
  void one_that_cannot_be_stopped_is_said_to_run_still() {
    assertThatThrownBy(() -> stop(new Job(Integer.MAX_VALUE, JobStatus.RUNNING)).into("file:/s"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "job %s on host:1 has come to the end and still runs: no room (must be stopped: flink"
                + " stop -m host:1 -p file:/s %s)",
            ID, ID);
  }

  private static SavepointStop stop(Job job) {
    return new SavepointStop(job, "host:1", Duration.ZERO);
  }

  /** A job whose savepoint fails some times; which a real one does when it pleases. */
  private static final class Job implements JobClient {
    private final JobStatus status;
    private int failures;

    Job(int failures, JobStatus status) {
      this.failures = failures;
      this.status = status;
    }

    @Override
    public JobID getJobID() {
      return ID;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
      return CompletableFuture.completedFuture(status);
    }

    @Override
    public CompletableFuture<Void> cancel() {
      throw new AssertionError("not to be cancelled");
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
        boolean drain, String directory, SavepointFormatType format) {
      return failures-- > 0
          ? CompletableFuture.failedFuture(new IllegalStateException("no room\nat all"))
          : CompletableFuture.completedFuture(directory + "/sp");
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
        String directory, SavepointFormatType format) {
      throw new AssertionError("not without stopping");
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
      return CompletableFuture.completedFuture(new JobExecutionResult(ID, 1, Map.of()));
    }
  }
}
