package dev.eddy.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.kafka.client.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  @Test
  void keeps_its_records_and_its_port_when_started_again(@TempDir Path directory) {
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"));
        Topics topics = Topics.connect(kafka.client())) {
      topics.create("events", 3);
      port = kafka.port();
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"), port);
        Topics topics = Topics.connect(kafka.client())) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(topics.partitions("events")).isEqualTo(3);
    }
  }

  @Test
  void two_brokers_live_side_by_side() {
    try (EmbeddedKafka one = EmbeddedKafka.start();
        EmbeddedKafka other = EmbeddedKafka.start();
        Topics topics = Topics.connect(other.client())) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(topics.list()).isEmpty();
    }
  }
}
