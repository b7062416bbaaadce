package dev.eddy.connectors.kafka.start;

import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.settings.UserMistake;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds how far a deployment has come, by what it left in Kafka: the offsets that its consumer
 * group has committed, and its predictions, which outlive them. Whoever starts it without state has
 * to know, because going over everything again would predict it twice.
 *
 * @param client properties of the Kafka clients
 * @param writer of the deployment's predictions; its consumer group has the deployment's id
 * @param observations the topic that is read
 * @param predictions the topic that is written
 */
public record Progress(
    Map<String, String> client, PredictionWriter writer, String observations, String predictions)
    implements Serializable {

  public Progress {
    client = Map.copyOf(client);
  }

  /** The offsets behind which the group goes on, of partitions that it has begun. */
  public Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> begun = new HashMap<>();
    try (Topics topics = Topics.connect(client)) {
      topics
          .committed(observations, writer.deployment())
          .forEach(
              (partition, offset) ->
                  begun.put(new TopicPartition(observations, partition), offset));
    }
    begun.values().removeIf(offset -> offset <= 0);
    return begun;
  }

  /**
   * Requires that no earlier start has come anywhere.
   *
   * @param waysOut what a user may do instead
   * @throws UserMistake that says what was found, and the ways out
   */
  public void requireNone(String waysOut) {
    Map<TopicPartition, Long> committed = committed();
    boolean predicted = LastPredictions.hold(this);
    if (committed.isEmpty() && !predicted) {
      return;
    }
    StringBuilder found = new StringBuilder("deployment " + writer.deployment() + ": ");
    if (predicted) {
      found.append("it has predictions on ").append(predictions);
    }
    if (!committed.isEmpty()) {
      found.append(predicted ? ", and its" : "its").append(" consumer group has come to ");
      found.append(named(committed));
    }
    throw new UserMistake(
        found + "; there is no state to resume from (must be started " + waysOut + ")");
  }

  /**
   * Requires that there are offsets to go on behind, and that all that was written for what lies
   * before them is committed.
   *
   * @throws UserMistake if it is not so
   */
  public Map<TopicPartition, Long> requireCommitted() {
    Map<TopicPartition, Long> committed = committed();
    if (committed.isEmpty()) {
      throw new UserMistake(
          "--from committed: consumer group "
              + writer.deployment()
              + " has committed nothing on "
              + observations
              + " (must be started without, or with --fresh)");
    }
    new LeftOpen(this, committed).requireNone();
    return committed;
  }

  /** Such as {@code {t-0=12, t-1=9}}. */
  public static String named(Map<TopicPartition, Long> offsets) {
    Map<String, Long> named = new TreeMap<>();
    offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
    return named.toString();
  }
}
