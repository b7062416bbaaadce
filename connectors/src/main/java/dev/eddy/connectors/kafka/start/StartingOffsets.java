package dev.eddy.connectors.kafka.start;

import dev.eddy.connectors.kafka.client.Patience;
import dev.eddy.settings.UserMistake;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a topic is begun. Flink asks only where it restores no state, and so this is where
 * a start without state is refused, for good, if the deployment has made progress: wherever the job
 * was started, and whatever is restored, is known here and nowhere before.
 */
public final class StartingOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 2;

  private static final String WAYS_OUT =
      "from a savepoint or checkpoint (flink run -s PATH, savepointPath, run --from-savepoint"
          + " PATH); with --from committed, which goes on behind these offsets with cold keys; or"
          + " with --fresh, which predicts everything once more";

  private final OffsetsInitializer earliest = OffsetsInitializer.earliest();
  private final Start start;
  private final Progress progress;

  /**
   * Where a start begins.
   *
   * @param start what the user has decided
   * @param progress what the deployment has come to
   */
  public StartingOffsets(Start start, Progress progress) {
    this.start = start;
    this.progress = progress;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets =
        new HashMap<>(earliest.getPartitionOffsets(partitions, retriever));
    try {
      switch (start) {
        case FIRST -> progress.requireNone(WAYS_OUT);
        case COMMITTED ->
            progress
                .requireCommitted()
                .forEach((partition, offset) -> offsets.replace(partition, offset));
        case FRESH -> {}
      }
    } catch (UserMistake refused) {
      if (Patience.isAway(refused)) { // A broker that is away is no reason to end for good.
        throw refused;
      }
      throw new SuppressRestartsException(refused);
    }
    return offsets;
  }

  @Override
  @SuppressWarnings("deprecation") // the connector asks for it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
