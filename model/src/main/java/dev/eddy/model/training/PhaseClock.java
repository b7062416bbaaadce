package dev.eddy.model.training;

import java.time.Duration;

/** Reports how far a phase is, a few times a second at most, with the time that remains. */
final class PhaseClock {
  private static final long REPORT_NANOS = 300_000_000L;

  private final TrainingProgress listener;
  private final TrainingProgress.Phase phase;
  private final long total;
  private final long begin = System.nanoTime();
  private long reported = begin;

  PhaseClock(TrainingProgress listener, TrainingProgress.Phase phase, long total) {
    this.listener = listener;
    this.phase = phase;
    this.total = total;
  }

  void done(long done) {
    done(done, Double.NaN, Double.NaN);
  }

  void done(long done, double trainingLoss, double validationLoss) {
    long now = System.nanoTime();
    if (now - reported < REPORT_NANOS && done < total) {
      return;
    }
    reported = now;
    Duration remaining = Duration.ofNanos((now - begin) / Math.max(1, done) * (total - done));
    listener.report(
        new TrainingProgress.Report(phase, done, total, remaining, trainingLoss, validationLoss));
  }
}
