package dev.eddy.connectors.kafka.client;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Checks for the builders' {@code build()}: what is missing is a programmer's mistake. */
public final class BuilderCheck {
  private BuilderCheck() {}

  /** What was given, and must be. */
  public static <T> T given(String builder, String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(builder + ": " + name + ": none (must be set)");
    }
    return value;
  }

  /** Client properties, which must at least say where the brokers are. */
  public static Properties client(String builder, Map<String, String> properties) {
    String servers = properties.get("bootstrap.servers");
    if (servers == null || servers.isBlank()) {
      throw new IllegalArgumentException(builder + ": bootstrap.servers: none (must be host:port)");
    }
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }
}
