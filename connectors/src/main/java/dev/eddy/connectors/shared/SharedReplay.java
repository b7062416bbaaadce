package dev.eddy.connectors.shared;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import java.util.Map;
import java.util.function.Consumer;

/** Sends the files of values that hold for all keys to the shared topic. */
public final class SharedReplay {
  private SharedReplay() {}

  /**
   * Sends all of them, in one partition, and waits until the brokers have them: observations that
   * are sent afterwards find them there.
   *
   * @param listener is told in a line when the brokers have gone away, and when they are back
   * @return how many rows there were
   * @throws dev.eddy.settings.UserMistake if no broker answers, the topic is missing, or a row does
   *     not parse
   */
  public static long send(
      Map<String, String> client,
      String topic,
      ReplaySettings replay,
      ObservationSchema schema,
      Consumer<String> listener) {
    if (replay.sharedFiles().isEmpty()) {
      return 0;
    }
    try (Topics topics = Topics.connect(client)) {
      topics.require("input.shared.topic", topic);
    }
    try (ObservationPublisher publisher =
        new ObservationPublisher(client, topic, schema, listener)) {
      long sent = SharedFiles.read(replay, schema, publisher::send);
      publisher.flush();
      return sent;
    }
  }
}
