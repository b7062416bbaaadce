package dev.eddy.pipeline.cli.console;

import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.EmbeddedFlink.Failure;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a job has failed and is started again. Flink does so without a word, for ever unless
 * its restart strategy is set: who waits for predictions would never know why there are none.
 */
public final class FailureWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailureWatch.class);
  private static final long PAUSE_MILLIS = 500;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "eddy-failure-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final EmbeddedFlink flink;
  private final JobID job;
  private final Console console;

  // The timer's thread only.
  private long told; // when the failure was that has been seen last
  private String cause = ""; // of the failure that was said last, until the job runs again
  private int lost; // task managers, as far as said

  private FailureWatch(EmbeddedFlink flink, JobID job, Console console) {
    this.flink = flink;
    this.job = job;
    this.console = console;
  }

  /** Watches {@code job} until it is closed. */
  public static FailureWatch start(EmbeddedFlink flink, JobID job, Console console) {
    FailureWatch watch = new FailureWatch(flink, job, console);
    var unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      tellLost();
      flink.survived(job).filter(failure -> failure.millis() > told).ifPresent(this::tell);
      if (!cause.isEmpty() && flink.runs(job)) {
        cause = "";
        console.line("the job runs again");
      }
    } catch (Exception e) { // a look that fails must not be the last
      LOG.debug("cannot look at job {}", job, e);
    }
  }

  private void tellLost() {
    if (flink.taskManagersLost() > lost) {
      lost = flink.taskManagersLost();
      console.line("the task manager is lost, a new one is started; the log file says why");
    }
  }

  /** What it fails of again and again, such as a broker that is away, is said once. */
  private void tell(Failure failure) {
    told = failure.millis();
    if (!failure.cause().equals(cause)) {
      cause = failure.cause();
      console.line("the job failed and is started again: " + cause);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
