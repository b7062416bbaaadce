package dev.eddy.pipeline.shared;

import dev.eddy.connectors.shared.SharedTopicReader;
import java.util.Map;
import java.util.Set;

/**
 * Reads the shared topic from where the values have come to.
 *
 * @param client properties of the Kafka client
 */
public record KafkaSharedLog(Map<String, String> client, SharedFeatures features)
    implements SharedLog {
  public KafkaSharedLog {
    client = Map.copyOf(client);
  }

  @Override
  public void readInto(SharedValues values) {
    values.reads(SharedTopicReader.id(client, features.topic()));
    Set<Integer> shorter = read(values);
    if (!shorter.isEmpty()) {
      values.readAnew(shorter);
      var unused = read(values);
    }
  }

  private Set<Integer> read(SharedValues values) {
    return SharedTopicReader.read(
        client,
        features.topic(),
        features.records(),
        features.maxAhead(),
        values.read(),
        values::add);
  }
}
