package dev.eddy.pipeline.operator;

import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Says when a micro-batch is flushed for its own sake: when it is full, or when the first event in
 * it has lingered long enough. Like Flink's bundle triggers, told of each event and of each flush.
 * Confined to the task's thread, on which its timer runs too.
 */
final class BatchTrigger {
  private final int maxBatch;
  private final long lingerMillis;
  private final ProcessingTimeService timers;
  private final Target target;

  private int waiting; // events since the last flush
  private long startMillis; // processing time of the first of them
  private long startNanos;
  private boolean timing; // whether a timer is running

  /** What flushes; tells the trigger so by {@link #reset}. */
  @FunctionalInterface
  interface Target {
    void flush(FlushReason reason) throws Exception;
  }

  BatchTrigger(int maxBatch, long lingerMillis, ProcessingTimeService timers, Target target) {
    this.maxBatch = maxBatch;
    this.lingerMillis = lingerMillis;
    this.timers = timers;
    this.target = target;
  }

  /** An event has come into the batch; flushes if it is the last that fits. */
  void onEvent() throws Exception {
    waiting++;
    if (waiting == 1) {
      start();
    }
    if (waiting == maxBatch) {
      target.flush(FlushReason.MAX_BATCH);
    }
  }

  /** The batch was flushed, for whatever reason. */
  void reset() {
    waiting = 0;
  }

  /** When the first event of the batch came, in {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  private void start() {
    startNanos = System.nanoTime();
    startMillis = timers.getCurrentProcessingTime();
    if (!timing) {
      lingerUntil(startMillis + lingerMillis);
    }
  }

  private void lingerUntil(long time) {
    timing = true;
    var unused = timers.registerTimer(time, this::onTimer); // fails the task itself
  }

  /** One timer serves many batches: it starts anew for the rest of the current one's time. */
  private void onTimer(long timestamp) throws Exception {
    timing = false;
    if (waiting > 0) {
      long due = startMillis + lingerMillis;
      if (timers.getCurrentProcessingTime() >= due) {
        target.flush(FlushReason.LINGER);
      } else {
        lingerUntil(due);
      }
    }
  }
}
