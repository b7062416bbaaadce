package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.client.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what a shared topic holds, when a task starts or a history is read. */
public final class SharedTopicReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private SharedTopicReader() {}

  /**
   * Tells the topic from another of its name, before it or after it.
   *
   * @throws dev.eddy.settings.UserMistake if no broker answers, or the topic is missing
   */
  public static String id(Map<String, String> client, String topic) {
    try (Topics topics = Topics.connect(client)) {
      topics.require("input.shared.topic", topic);
      return topics.id(topic);
    }
  }

  /**
   * Reads on to the {@code read_committed} end of the topic at the call. What cannot be decoded is
   * left out: the source passes it on.
   *
   * @param read offset up to which each partition is known already; others are read from the
   *     beginning
   * @param target takes each record in the order of its partition
   * @return the partitions that end before what was known of them: of a topic made anew
   * @throws dev.eddy.settings.UserMistake if no broker answers, the topic is missing or falls
   *     silent
   */
  public static Set<Integer> read(
      Map<String, String> client,
      String topic,
      ObservationSchema schema,
      Duration maxAhead,
      Map<Integer, Long> read,
      Consumer<KeyedEvent> target) {
    SharedRecords records = new SharedRecords(schema, maxAhead);
    try (TopicReader reader = TopicReader.open(client, topic)) {
      Set<Integer> anew = reader.skipTo(read);
      reader.readToEnd(
          TIMEOUT,
          () -> false,
          record -> {
            if (records.decode(record) instanceof KeyedEvent event) {
              target.accept(event);
            }
            return true;
          });
      return anew;
    }
  }
}
