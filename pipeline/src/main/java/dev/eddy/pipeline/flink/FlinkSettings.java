package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Makes Flink's configuration of what a deployment says under {@code flink}. */
public final class FlinkSettings {
  private FlinkSettings() {}

  /**
   * Reads the settings of a job, as Flink will: it looks at many of them only when it needs them.
   *
   * @param flink as written
   * @throws UserMistake naming one that Flink cannot read
   */
  public static Configuration of(Map<String, String> flink) {
    Configuration settings = Configuration.fromMap(flink);
    refusal(flink)
        .ifPresent(
            reason -> {
              throw new UserMistake(culprit(flink, reason));
            });
    return settings;
  }

  private static Optional<String> refusal(Map<String, String> flink) {
    try {
      StreamExecutionEnvironment unused =
          new StreamExecutionEnvironment(Configuration.fromMap(flink));
      return Optional.empty();
    } catch (IllegalArgumentException | IllegalConfigurationException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Flink does not always name the setting: it is the one that is refused by itself, too. */
  private static String culprit(Map<String, String> flink, String reason) {
    return new TreeMap<>(flink)
        .entrySet().stream()
            .filter(each -> refusal(Map.of(each.getKey(), each.getValue())).isPresent())
            .map(each -> "flink." + each.getKey() + ": " + each.getValue() + " (" + reason + ")")
            .findFirst()
            .orElse("flink: " + reason);
  }
}
