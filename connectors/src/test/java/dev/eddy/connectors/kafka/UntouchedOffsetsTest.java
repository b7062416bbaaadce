package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UntouchedOffsetsTest {
  private static final TopicPartition FIRST = new TopicPartition("observations", 0);
  private static final TopicPartition SECOND = new TopicPartition("observations", 1);
  private static final List<TopicPartition> ALL = List.of(FIRST, SECOND);

  private final UntouchedOffsets offsets = new UntouchedOffsets("weather");

  @Test
  void a_topic_that_the_group_has_not_touched_is_read_from_its_beginning() {
    assertThat(offsets.getPartitionOffsets(ALL, committed(Map.of()))).containsOnlyKeys(ALL);
  }

  @Test
  void a_group_that_has_come_further_is_refused_for_good_with_the_ways_out() {
    assertThatThrownBy(() -> offsets.getPartitionOffsets(ALL, committed(Map.of(SECOND, 7L))))
        .isInstanceOf(SuppressRestartsException.class)
        .hasCauseInstanceOf(UserMistake.class)
        .cause()
        .hasMessageContaining("consumer group weather: has come to {observations-1=7}")
        .hasMessageContaining("--fresh");
  }

  private static PartitionOffsetsRetriever committed(Map<TopicPartition, Long> offsets) {
    return new PartitionOffsetsRetriever() {
      @Override
      public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
        return offsets;
      }

      @Override
      public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        throw new AssertionError("not asked for");
      }

      @Override
      public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> 0L));
      }

      @Override
      public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
          Map<TopicPartition, Long> timestampsToSearch) {
        throw new AssertionError("not asked for");
      }
    };
  }
}
