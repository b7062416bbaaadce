package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.settings.UserMistake;
import java.io.IOException;

/**
 * What a cluster says of itself.
 *
 * @param version of Flink
 * @param taskManagers how many have joined it
 * @param slots how many they have
 * @param freeSlots how many of them no job has
 */
public record ClusterOverview(String version, int taskManagers, int slots, int freeSlots) {
  /**
   * Asks.
   *
   * @param address of its REST interface, {@code host:port}
   * @throws UserMistake when no Flink cluster answers there
   */
  public static ClusterOverview of(String address) {
    JobTarget.requireListening(address);
    try {
      JsonNode told = RestInterface.get(address, "/overview");
      if (!told.has("slots-total")) {
        throw new IOException("no overview");
      }
      return new ClusterOverview(
          told.path("flink-version").asText(),
          told.path("taskmanagers").asInt(),
          told.path("slots-total").asInt(),
          told.path("slots-available").asInt());
    } catch (IOException e) {
      throw new UserMistake(
          "--target: "
              + address
              + " (does not answer as a Flink cluster's REST interface: "
              + e.getMessage()
              + ")",
          e);
    }
  }
}
