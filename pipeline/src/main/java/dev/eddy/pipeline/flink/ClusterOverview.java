package dev.eddy.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;

/**
 * What a cluster says of itself.
 *
 * @param version of Flink
 * @param taskManagers how many have joined it
 * @param slots how many they have
 * @param freeSlots how many of them no job has
 * @param elastic whether a job need not find all its slots there: the cluster starts task managers
 *     when a job asks for them, or runs it on fewer
 */
public record ClusterOverview(
    String version, int taskManagers, int slots, int freeSlots, boolean elastic) {
  /** Begin the settings of clusters that start task managers themselves. */
  private static final List<String> ON_DEMAND = List.of("kubernetes.", "yarn.", "$internal.yarn.");

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
          told.path("slots-available").asInt(),
          elastic(ClusterSettings.all(address)));
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

  static boolean elastic(Map<String, String> settings) {
    Configuration read = Configuration.fromMap(settings);
    return settings.keySet().stream().anyMatch(key -> ON_DEMAND.stream().anyMatch(key::startsWith))
        || read.get(JobManagerOptions.SCHEDULER) == JobManagerOptions.SchedulerType.Adaptive
        || read.get(JobManagerOptions.SCHEDULER_MODE) == SchedulerExecutionMode.REACTIVE;
  }
}
