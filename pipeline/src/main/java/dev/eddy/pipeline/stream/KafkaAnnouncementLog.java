package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.AnnouncementReader;
import dev.eddy.pipeline.version.AnnouncementLog;
import java.util.List;
import java.util.Map;

/**
 * Reads all announcements of a models topic, when the operator initialises.
 *
 * @param client properties of the Kafka client
 * @param topic the models topic
 */
record KafkaAnnouncementLog(Map<String, String> client, String topic) implements AnnouncementLog {
  KafkaAnnouncementLog {
    client = Map.copyOf(client);
  }

  @Override
  public List<Announcement> read() {
    return AnnouncementReader.readToEnd(client, topic);
  }
}
