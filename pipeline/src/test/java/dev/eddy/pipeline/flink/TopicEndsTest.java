package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicEndsTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final Duration SILENCE = Duration.ofMillis(20);

  @Test
  void the_end_is_behind_the_last_record() {
    try (MockConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
      consumer.addRecord(new ConsumerRecord<>("t", 0, 1, new byte[0], new byte[0]));
      assertThat(TopicEnds.readTo(consumer, PARTITION, 2, SILENCE)).isEqualTo(2);
    }
  }

  @Test
  void brokers_that_have_fallen_silent_are_not_waited_for_for_ever() {
    try (MockConsumer<byte[], byte[]> consumer = consumer()) {
      assertThatThrownBy(() -> TopicEnds.readTo(consumer, PARTITION, 2, SILENCE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("t-0: silent at offset 0 (must go on to 2)");
    }
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.seek(PARTITION, 0);
    return consumer;
  }
}
