package dev.eddy.connectors.kafka.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Asks brokers for the settings of a topic, or their own, with what holds where none is set. */
public final class BrokerSettings {
  private BrokerSettings() {}

  /** The values by name, of those that have one; whoever waits for them decides for how long. */
  public static KafkaFuture<Map<String, String>> of(Admin admin, ConfigResource resource) {
    return admin
        .describeConfigs(List.of(resource))
        .all()
        .thenApply(found -> byName(found.values()));
  }

  private static Map<String, String> byName(Collection<Config> found) {
    Map<String, String> settings = new HashMap<>();
    for (Config each : found) {
      each.entries().stream()
          .filter(entry -> entry.value() != null)
          .forEach(entry -> settings.put(entry.name(), entry.value()));
    }
    return settings;
  }
}
