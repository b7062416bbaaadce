package dev.eddy.connectors.kafka;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the builders' {@code build()} refuses, by name. */
public final class Required {
  private Required() {}

  static <T> T given(String builder, String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(builder + ": " + name + " is not set");
    }
    return value;
  }

  /** Client properties, which must at least say where the brokers are. */
  public static Properties client(String builder, Map<String, String> properties) {
    String servers = properties.get("bootstrap.servers");
    if (servers == null || servers.isBlank()) {
      throw new IllegalArgumentException(
          builder + ": kafka: bootstrap.servers is not set (expected host:port)");
    }
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }
}
