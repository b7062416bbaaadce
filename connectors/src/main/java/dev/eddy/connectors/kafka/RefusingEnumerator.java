package dev.eddy.connectors.kafka;

import dev.eddy.settings.UserMistake;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a job for good when its source starts. A source that refuses earlier, while Flink restores
 * it, may be overheard: the job is not scheduled yet, and goes on without it.
 */
final class RefusingEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private final String why;
  private final KafkaSourceEnumState state;

  RefusingEnumerator(String why, KafkaSourceEnumState state) {
    this.why = why;
    this.state = state;
  }

  @Override
  public void start() {
    throw new SuppressRestartsException(new UserMistake(why));
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public KafkaSourceEnumState snapshotState(long checkpoint) {
    return state;
  }

  @Override
  public void close() {}
}
