package dev.eddy.connectors.kafka;

import dev.eddy.settings.UserMistake;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts at the beginning of a topic that a group has not worked on yet, and refuses where it has:
 * Flink asks for starting offsets only where no state is restored, and going over everything again
 * would predict it all twice.
 */
final class UntouchedOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1;

  private final OffsetsInitializer earliest = OffsetsInitializer.earliest();
  private final String group;

  UntouchedOffsets(String group) {
    this.group = group;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<String, Long> committed = new TreeMap<>();
    retriever
        .committedOffsets(partitions)
        .forEach((partition, offset) -> committed.put(partition.toString(), offset));
    if (!committed.isEmpty()) {
      throw new SuppressRestartsException(new UserMistake(mistake(group, committed)));
    }
    return earliest.getPartitionOffsets(partitions, retriever);
  }

  private static String mistake(String group, Map<String, Long> committed) {
    return "consumer group "
        + group
        + ": has come to "
        + committed
        + ", and no state is restored (must start from a savepoint or checkpoint, flink run -s, or"
        + " with --fresh, which predicts everything once more)";
  }

  @Override
  @SuppressWarnings("deprecation") // the connector asks for it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
