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
 */
final class CommitInTime {
  private CommitInTime() {}

  /**
   * A checkpoint's time to complete, where nobody says and Flink's own default is too long.
   *
   * @param flink has an interval
   */
  static Configuration missingFrom(ReadableConfig flink, TransactionTimeout timeout) {
    Configuration defaults = new Configuration();
    var option = CheckpointingOptions.CHECKPOINTING_TIMEOUT;
    Duration left = timeout.length().minus(interval(flink));
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
    Duration checkpoint = flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    Duration most = timeout.length().minus(checkpoint);
    if (interval(flink).compareTo(most) > 0) {
      throw new UserMistake(
          "flink."
              + CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + ": "
              + interval(flink).toSeconds()
              + " s, and its timeout "
              + checkpoint.toSeconds()
              + " s (must together be at most kafka."
              + TransactionTimeout.SETTING
              + ", "
              + timeout.length().toSeconds()
              + " s, after which the broker aborts what is not committed)");
    }
  }

  private static Duration interval(ReadableConfig flink) {
    return flink
        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
        .orElse(Duration.ZERO);
  }
}
