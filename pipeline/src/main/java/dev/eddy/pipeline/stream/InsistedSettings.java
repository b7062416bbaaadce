package dev.eddy.pipeline.stream;

import dev.eddy.connectors.kafka.Delivery;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;

/** Refuses Flink's settings without which the streaming job cannot keep its promises. */
final class InsistedSettings {
  private InsistedSettings() {}

  /**
   * Requires them, whoever has set them.
   *
   * @throws UserMistake in one line
   */
  static void require(ReadableConfig flink, Delivery delivery) {
    require(
        flink, PipelineOptions.GENERIC_TYPES, "state and records have serializers of their own");
    require(flink, PipelineOptions.AUTO_GENERATE_UIDS, "state is found again by uids that stay");
    if (delivery == Delivery.EXACTLY_ONCE) {
      requireCheckpoints(flink);
    }
  }

  private static void require(ReadableConfig flink, ConfigOption<Boolean> option, String why) {
    if (flink.get(option)) {
      throw refused(option, true, "false: " + why);
    }
  }

  private static void requireCheckpoints(ReadableConfig flink) {
    var interval = CheckpointingOptions.CHECKPOINTING_INTERVAL;
    Duration found = flink.getOptional(interval).orElse(Duration.ZERO);
    if (found.isZero()) {
      throw refused(
          interval, "no checkpoints", "a time such as 10 s: serving.delivery is exactly-once");
    }
    var mode = CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE;
    if (flink.get(mode) != CheckpointingMode.EXACTLY_ONCE) {
      throw refused(mode, flink.get(mode), "EXACTLY_ONCE: serving.delivery is exactly-once");
    }
  }

  private static UserMistake refused(ConfigOption<?> option, Object found, String expected) {
    return new UserMistake("flink." + option.key() + ": " + found + " (must be " + expected + ")");
  }
}
