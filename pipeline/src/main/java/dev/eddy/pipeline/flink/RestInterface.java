package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a cluster's REST interface. */
final class RestInterface {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 10_000;

  private RestInterface() {}

  /**
   * What the interface answers.
   *
   * @param address {@code host:port}
   * @param path such as {@code /jobs/overview}
   */
  static JsonNode get(String address, String path) throws IOException {
    URI place = URI.create("http://" + address + path);
    HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try (var answer = connection.getInputStream()) {
      return JSON.readTree(answer);
    } finally {
      connection.disconnect();
    }
  }
}
