package dev.eddy.pipeline.flink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an embedded cluster a new task manager where it has lost its own, which Flink leaves to
 * whoever deploys it: without one a job is started again for ever and does nothing. One that was
 * started is given half a minute to come: a loaded machine takes its time. Where task managers are
 * lost again and again, a new one would not help either, so the watch gives up, and the process is
 * to end.
 */
final class TaskManagerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskManagerWatch.class);
  private static final long PAUSE_MILLIS = 500;
  private static final int MISSED = 4; // looks in a row, before one that was there counts as lost
  private static final int STARTING = 60; // before one that was started and has not come yet does
  private static final int ENDURED = 5; // losses within the window
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "eddy-task-manager-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final MiniCluster cluster;
  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
  private final Deque<Long> losses = new ArrayDeque<>(); // nanoseconds; the timer's thread only
  private final AtomicInteger lost = new AtomicInteger(); // so far
  private int missed; // looks in a row; the timer's thread only
  private int endured = STARTING; // the timer's thread only
  private volatile boolean there;

  private TaskManagerWatch(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Watches a cluster that has started, until it is closed. */
  static TaskManagerWatch start(MiniCluster cluster) {
    TaskManagerWatch watch = new TaskManagerWatch(cluster);
    var unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  /** How many task managers were lost so far. */
  int lost() {
    return lost.get();
  }

  /** Whether one was there when the watch last looked. */
  boolean there() {
    return there;
  }

  /** Fails when no new task manager helps any longer, or the cluster itself has ended. */
  CompletableFuture<Void> givenUp() {
    return givenUp;
  }

  private void look() {
    try {
      if (!cluster.isRunning()) {
        giveUp("Flink itself has ended");
        return;
      }
      there = cluster.requestClusterOverview().get().getNumTaskManagersConnected() > 0;
      missed = there ? 0 : missed + 1;
      if (there) {
        endured = MISSED;
      } else if (missed >= endured) {
        missed = 0;
        replace();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // a look that fails must not be the last
      LOG.warn("cannot look after the task manager", e);
    }
  }

  private void replace() throws Exception {
    long now = System.nanoTime();
    losses.add(now);
    losses.removeIf(loss -> now - loss > WINDOW.toNanos());
    lost.incrementAndGet();
    if (losses.size() > ENDURED) {
      giveUp(
          "the task manager was lost "
              + losses.size()
              + " times within "
              + WINDOW.toMinutes()
              + " minutes");
      return;
    }
    LOG.error("the task manager is lost; starting a new one");
    cluster.startTaskManager();
    endured = STARTING;
  }

  private void giveUp(String why) {
    timer.shutdown();
    givenUp.completeExceptionally(new IllegalStateException(why));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
