package dev.eddy.pipeline.stream;

import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
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
    requireStreaming(flink);
    requireStateBackend(flink);
    if (delivery == Delivery.EXACTLY_ONCE) {
      requireCheckpoints(flink, "serving.delivery is exactly-once");
    }
  }

  private static void requireStreaming(ReadableConfig flink) {
    var mode = ExecutionOptions.RUNTIME_MODE;
    if (flink.get(mode) != RuntimeExecutionMode.STREAMING) {
      throw refused(
          mode, flink.get(mode), "STREAMING: each key is stepped in its partition's order");
    }
  }

  private static void requireStateBackend(ReadableConfig flink) {
    var backend = StateBackendOptions.STATE_BACKEND;
    if (flink.get(backend).toLowerCase(Locale.ROOT).contains("forst")) {
      throw refused(
          backend,
          flink.get(backend),
          "hashmap or rocksdb: ForSt serves asynchronous state, and a step reads its key at once");
    }
    require(
        flink,
        StateChangelogOptions.ENABLE_STATE_CHANGE_LOG,
        "resumed without claiming, a changelog fails at every checkpoint");
  }

  private static void require(ReadableConfig flink, ConfigOption<Boolean> option, String why) {
    if (flink.get(option)) {
      throw refused(option, true, "false: " + why);
    }
  }

  /**
   * Requires checkpoints that commit exactly once.
   *
   * @param why they must
   * @throws UserMistake in one line
   */
  static void requireCheckpoints(ReadableConfig flink, String why) {
    var interval = CheckpointingOptions.CHECKPOINTING_INTERVAL;
    Duration found = flink.getOptional(interval).orElse(Duration.ZERO);
    if (found.isZero()) {
      throw refused(interval, "no checkpoints", "a time such as 10 s: " + why);
    }
    var mode = CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE;
    if (flink.get(mode) != CheckpointingMode.EXACTLY_ONCE) {
      throw refused(mode, flink.get(mode), "EXACTLY_ONCE: " + why);
    }
  }

  private static UserMistake refused(ConfigOption<?> option, Object found, String expected) {
    return new UserMistake("flink." + option.key() + ": " + found + " (must be " + expected + ")");
  }
}
