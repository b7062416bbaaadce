package dev.eddy.pipeline.cli.status;

import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.EmbeddedFlink.Checkpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what a streaming job in this process does: on a terminal a line that is rewritten each
 * second, elsewhere a line now and then, where something has changed; and, when the process is told
 * to end, what was done and where the next run goes on.
 */
public final class RunStatus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunStatus.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS = 10; // that the rate is taken over
  private static final Duration FILE_EVERY = Duration.ofSeconds(30);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "eddy-status");
            thread.setDaemon(true);
            return thread;
          });
  private final EmbeddedFlink flink;
  private final JobID job;
  private final String model;
  private final JobCounters counters;
  private final Console console;
  private final long begun = System.nanoTime();
  private final Thread atEnd;

  // Guarded by this.
  private final Deque<Moment> lately = new ArrayDeque<>();
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private long shownAt = begun;
  private long shownSum;

  /** How many predictions there were at a moment. */
  private record Moment(long nanos, long predictions) {}

  private RunStatus(
      EmbeddedFlink flink,
      JobID job,
      String model,
      JobCounters counters,
      Console console,
      Consumer<Map<String, Object>> ended) {
    this.flink = flink;
    this.job = job;
    this.model = model;
    this.counters = counters;
    this.console = console;
    atEnd = new Thread(() -> end("stopped", ended), "eddy-last-line");
  }

  /**
   * Begins to look.
   *
   * @param model the name of the versions
   * @param counters of the job
   * @param shown whether lines are wanted while it runs
   * @param ended takes the numbers as data when the process is told to end
   */
  public static RunStatus start(
      EmbeddedFlink flink,
      JobID job,
      String model,
      JobCounters counters,
      Console console,
      boolean shown,
      Consumer<Map<String, Object>> ended) {
    RunStatus status = new RunStatus(flink, job, model, counters, console, ended);
    Runtime.getRuntime().addShutdownHook(status.atEnd);
    var unused =
        status.timer.scheduleWithFixedDelay(
            () -> status.look(shown), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return status;
  }

  private void look(boolean shown) {
    try {
      RunNumbers numbers = numbers();
      if (shown && console.isTerminal()) {
        console.status(numbers.status());
      } else if (shown && isDue(numbers)) {
        console.line(numbers.status());
      }
    } catch (RuntimeException e) { // a look that fails must not be the last
      LOG.debug("cannot look at job {}", job, e);
    }
  }

  /** A log is not filled by a job that has nothing to do. */
  private synchronized boolean isDue(RunNumbers numbers) {
    long now = System.nanoTime();
    long sum =
        numbers.counted().predictions()
            + numbers.counted().deadLetters().values().stream().mapToLong(Long::longValue).sum();
    if (now - shownAt < FILE_EVERY.toNanos() || sum == shownSum) {
      return false;
    }
    shownAt = now;
    shownSum = sum;
    return true;
  }

  private synchronized RunNumbers numbers() {
    JobCounters.Counted counted = counters.now();
    long now = System.nanoTime();
    lately.add(new Moment(now, counted.predictions()));
    if (lately.size() > LOOKS) {
      lately.remove();
    }
    Moment first = lately.getFirst();
    double passed = (now - first.nanos) / 1e9;
    double rate = passed > 0 ? (counted.predictions() - first.predictions) / passed : 0;
    lookAtCheckpoint();
    return new RunNumbers(
        model, counted, rate, checkpoint, (now - begun) / 1e9, System.currentTimeMillis());
  }

  /** Where Flink does not tell, because it is ending too, the last one that is known holds. */
  private void lookAtCheckpoint() {
    try {
      Optional<Checkpoint> newest = flink.checkpoint(job);
      checkpoint = newest.isPresent() ? newest : checkpoint;
    } catch (Exception e) {
      LOG.debug("job {} does not tell of its checkpoints", job, e);
    }
  }

  /** Says what was done, when the job has ended by itself. */
  public void finished(Consumer<Map<String, Object>> ended) {
    if (remove()) {
      end("finished", ended);
    }
  }

  private void end(String how, Consumer<Map<String, Object>> ended) {
    timer.shutdownNow();
    RunNumbers numbers = numbers();
    console.line(numbers.last(how));
    console.line(numbers.goesOn());
    ended.accept(numbers.json());
  }

  /** Whether the process goes on, so that the last line is not that thread's. */
  private boolean remove() {
    try {
      return Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) { // it has been told to end
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    var unused = remove();
  }
}
