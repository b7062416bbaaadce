package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.RegistrySettings;
import dev.eddy.settings.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code --registry URL} says of a topic's records. */
final class RegistryOption {
  private RegistryOption() {}

  /**
   * In what they are written: JSON without a registry.
   *
   * @throws dev.eddy.settings.UserMistake when it is no address
   */
  static RecordFormat format(@Nullable String url) {
    if (url == null) {
      return new RecordFormat.Json();
    }
    RegistrySettings settings =
        Settings.of(RegistrySettings.class, Map.of("url", List.of(url.split(","))));
    return new RecordFormat.Confluent(settings.address(), "", "");
  }
}
