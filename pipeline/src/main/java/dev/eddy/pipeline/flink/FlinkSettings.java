package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.util.Map;
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
    try {
      StreamExecutionEnvironment unused = new StreamExecutionEnvironment(settings);
    } catch (IllegalArgumentException | IllegalConfigurationException e) {
      throw new UserMistake("flink: " + e.getMessage(), e);
    }
    return settings;
  }
}
