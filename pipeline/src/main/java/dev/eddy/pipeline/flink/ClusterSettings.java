package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cluster what it says of its jobs' settings. */
public final class ClusterSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSettings.class);

  private ClusterSettings() {}

  /**
   * The settings of jobs in the configuration of a cluster's job manager.
   *
   * @param address of its REST interface, {@code host:port}
   * @return empty if it does not tell: then the submission will say why
   */
  public static Configuration of(String address) {
    try {
      return SettingsPrecedence.ofJobs(all(address));
    } catch (IOException e) {
      LOG.warn("{} does not tell its configuration", address, e);
      return new Configuration();
    }
  }

  /** What its job manager was started with. */
  static Map<String, String> all(String address) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (JsonNode entry : RestInterface.get(address, "/jobmanager/config")) {
      settings.put(entry.path("key").asText(), entry.path("value").asText());
    }
    return settings;
  }
}
