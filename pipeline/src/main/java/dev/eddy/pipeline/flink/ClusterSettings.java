package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cluster what it says of its jobs' settings. */
public final class ClusterSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSettings.class);
  private static final int PATIENCE_MILLIS = 10_000;

  private ClusterSettings() {}

  /**
   * The settings of jobs in the configuration of a cluster's job manager.
   *
   * @param address of its REST interface, {@code host:port}
   * @return empty if it does not tell: then the submission will say why
   */
  public static Configuration of(String address) {
    Map<String, String> settings = new HashMap<>();
    try {
      for (JsonNode entry : read(address, "/jobmanager/config")) {
        settings.put(entry.path("key").asText(), entry.path("value").asText());
      }
      return SettingsPrecedence.ofJobs(settings);
    } catch (IOException e) {
      LOG.warn("{} does not tell its configuration", address, e);
      return new Configuration();
    }
  }

  /** What a cluster's REST interface answers. */
  static JsonNode read(String address, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://" + address + path).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try (var answer = connection.getInputStream()) {
      return new ObjectMapper().readTree(answer);
    } finally {
      connection.disconnect();
    }
  }
}
