package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all announcements that a models topic holds, in broker order. */
public final class AnnouncementReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private AnnouncementReader() {}

  /**
   * The announcements up to the {@code read_committed} end of the topic at the call. A record that
   * is no announcement is skipped with a warning.
   *
   * @throws UserMistake if no broker answers, the topic is missing or falls silent
   */
  public static List<Announcement> readToEnd(Map<String, String> client, String topic) {
    try (TopicReader reader = TopicReader.open(client, topic)) {
      return reader.readToEnd(TIMEOUT).stream()
          .map(AnnouncementDeserializer::decode)
          .flatMap(Optional::stream)
          .toList();
    }
  }
}
