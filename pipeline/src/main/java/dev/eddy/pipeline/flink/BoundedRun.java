package dev.eddy.pipeline.flink;

import dev.eddy.pipeline.deployment.ObservationSettings;
import dev.eddy.pipeline.deployment.SharedSettings;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;

/**
 * Ends a streaming job at what was the end of its topic, so that a later run goes on from there,
 * when nothing up to that end waits any more. A job whose source ends by itself could not be
 * continued: Flink discards its checkpoints, and those of a drained job are of one that has ended.
 * Records that arrive meanwhile may be predicted, too.
 */
public final class BoundedRun {
  private static final long PAUSE_MILLIS = 500;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STOP_PAUSE = Duration.ofSeconds(5);
  private static final int RESTARTS = 20; // in two minutes and more, as they are spaced

  private final JobClient job;
  private final TopicEnds ends;
  private final ClusterJobs cluster;
  private final Duration longestWait;

  /**
   * Watches {@code job} of {@code cluster} until it has reached {@code ends}.
   *
   * @param longestWait how long an observation may wait in it by the clock, before it is stepped
   */
  public BoundedRun(JobClient job, TopicEnds ends, ClusterJobs cluster, Duration longestWait) {
    this.job = job;
    this.ends = ends;
    this.cluster = cluster;
    this.longestWait = longestWait;
  }

  /**
   * How long an observation of a deployment may wait: to be put in order, and for shared values.
   */
  public static Duration longestWait(ObservationSettings input) {
    return input
        .orderWithin()
        .plus(input.shared().map(SharedSettings::await).orElse(Duration.ZERO));
  }

  /**
   * Gives a bounded job what it needs of Flink's settings, where they do not say: it must end, and
   * Flink's own default is to start a failing job again for ever.
   */
  public static void complete(Configuration settings) {
    if (!settings.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL)) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    }
    if (!settings.contains(RestartStrategyOptions.RESTART_STRATEGY)) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    }
    if (!settings.contains(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS)) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    }
  }

  /**
   * Waits, then stops the job with everything committed.
   *
   * @param directory for the savepoint that the next run resumes from
   * @param left told now and then of how many records no checkpoint of this run is known
   * @return the savepoint
   * @throws IllegalStateException if it has failed, or still runs
   */
  public String stopAtEnd(String directory, LongConsumer left) throws Exception {
    while (!isAtEnd(left)) {
      pause(PAUSE_MILLIS);
    }
    long end = System.nanoTime() + longestWait.toNanos();
    for (long waits = longestWait.toMillis();
        waits > 0;
        waits = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
      pause(Math.min(waits, PAUSE_MILLIS));
    }
    return new SavepointStop(job, cluster.address(), STOP_PAUSE).into(directory);
  }

  private void pause(long millis) throws Exception {
    if (job.getJobStatus().get().isGloballyTerminalState()) {
      job.getJobExecutionResult().get();
      throw new IllegalStateException("the job ended before the end of its topic");
    }
    Thread.sleep(millis);
  }

  private boolean isAtEnd(LongConsumer left) {
    OptionalLong found = ends.left();
    found.ifPresent(left);
    return found.isPresent() && found.getAsLong() == 0 && cluster.hasCheckpoint(job.getJobID());
  }
}
