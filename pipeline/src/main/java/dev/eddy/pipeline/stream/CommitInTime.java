package dev.eddy.pipeline.stream;

import dev.eddy.connectors.kafka.client.TransactionTimeout;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Holds checkpoints against the transactions that commit with them: one is open from barrier to
 * barrier, and then until its checkpoint is complete, which must be before the broker aborts it.
 *
 * <p>The next barrier comes an interval later, but not before the checkpoint that is under way is
 * complete, which may take its whole timeout, and the pause that is to follow it. Where checkpoints
 * may fail without the job, a transaction waits for the next one that does not.
 */
final class CommitInTime {
  private static final int MOST_TOLERATED = 1_000_000; // all, for that matter

  private CommitInTime() {}

  /**
   * A checkpoint's time to complete, where nobody says and Flink's own default is too long.
   *
   * @param flink has an interval
   */
  static Configuration missingFrom(ReadableConfig flink, TransactionTimeout timeout) {
    Configuration defaults = new Configuration();
    var option = CheckpointingOptions.CHECKPOINTING_TIMEOUT;
    int rounds = rounds(flink);
    Duration afterPause =
        timeout.length().minus(pause(flink).multipliedBy(rounds)).dividedBy(rounds + 1L);
    Duration afterInterval = timeout.length().minus(interval(flink).multipliedBy(rounds));
    Duration left = afterPause.compareTo(afterInterval) < 0 ? afterPause : afterInterval;
    if (flink.getOptional(option).isEmpty()
        && left.compareTo(option.defaultValue()) < 0
        && !left.isNegative()
        && !left.isZero()) {
      defaults.set(option, left);
    }
    return defaults;
  }

  /**
   * Requires that a commit is in time.
   *
   * @throws UserMistake in one line
   */
  static void require(ReadableConfig flink, TransactionTimeout timeout) {
    timeout.require();
    Duration longest = longest(flink);
    if (longest.compareTo(timeout.length()) > 0) {
      throw new UserMistake(
          "flink."
              + CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + ": "
              + interval(flink).toSeconds()
              + " s, timeout: "
              + flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toSeconds()
              + " s, min-pause: "
              + pause(flink).toSeconds()
              + " s: a transaction may be open for "
              + longest.toSeconds()
              + " s (must be at most kafka."
              + TransactionTimeout.SETTING
              + ", "
              + timeout.length().toSeconds()
              + " s, after which the broker aborts what is not committed)");
    }
  }

  /** How long a transaction may be open, if two checkpoints in a row take all their time. */
  private static Duration longest(ReadableConfig flink) {
    Duration checkpoint = flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    Duration slow = checkpoint.plus(pause(flink));
    Duration round = interval(flink).compareTo(slow) > 0 ? interval(flink) : slow;
    return round.multipliedBy(rounds(flink)).plus(checkpoint);
  }

  /** Barriers from a transaction's first record to the checkpoint that commits it. */
  private static int rounds(ReadableConfig flink) {
    int tolerated = flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
    return 1 + Math.min(MOST_TOLERATED, Math.max(0, tolerated));
  }

  private static Duration pause(ReadableConfig flink) {
    return flink.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);
  }

  private static Duration interval(ReadableConfig flink) {
    return flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).orElse(Duration.ZERO);
  }
}
