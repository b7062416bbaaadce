package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("temp"), List.of("wind"), null);
  private static final int ROWS = 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("a.csv");
    StringBuilder text = new StringBuilder("station,date,temp,wind\n");
    for (int i = 0; i < ROWS; i++) {
      text.append("s").append(i % 3).append(",2026-01-01 00:00:").append(10 + i);
      text.append(',').append(i).append(",NE\n");
    }
    Files.writeString(file, text);
  }

  @Test
  void sends_everything_in_order_and_reports_the_end() {
    List<Observation> sent = new ArrayList<>();
    List<ReplayProgress> told = new ArrayList<>();
    ReplayProgress end = new Replay(settings(), sent::add, told::add).run(SCHEMA);
    assertThat(sent).extracting(Observation::time).isSorted().hasSize(ROWS);
    assertThat(end).isEqualTo(new ReplayProgress(ROWS, new RefusedRows(List.of()), 1));
    assertThat(told).last().isEqualTo(end);
  }

  @Test
  void keeps_to_its_rate() {
    long start = System.nanoTime();
    new Replay(settings().withRate(200), each -> {}, progress -> {}).run(SCHEMA);
    // Never sooner than the rate allows, however slow the machine is.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1000L * ROWS / 200));
  }

  @Test
  void what_went_before_a_bad_row_is_sent() throws IOException {
    Files.writeString(file, Files.readString(file) + "s0,2026-01-02,warm,NE\n");
    List<Observation> sent = new ArrayList<>();
    assertThatThrownBy(() -> new Replay(settings(), sent::add, progress -> {}).run(SCHEMA))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("a.csv:" + (ROWS + 2) + ": temp: warm");
    assertThat(sent).hasSize(ROWS);
  }

  @Test
  void the_topic_holds_each_key_in_one_partition_and_in_order() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.client())) {
      topics.create("observations", 4);
      try (var publisher =
          new ObservationPublisher(kafka.client(), "observations", SCHEMA, line -> {})) {
        new Replay(settings(), publisher::send, progress -> {}).run(SCHEMA);
        publisher.flush();
      }
      try (TopicReader reader = TopicReader.open(kafka.client(), "observations")) {
        List<Observation> found =
            reader.readToEnd(Duration.ofSeconds(30)).stream().map(ReplayTest::decode).toList();
        assertThat(found).hasSize(ROWS);
        for (String key : List.of("s0", "s1", "s2")) {
          List<Observation> ofKey = found.stream().filter(o -> o.key().equals(key)).toList();
          assertThat(ofKey).extracting(Observation::time).isSorted();
          assertThat(ofKey)
              .extracting(Observation::partition)
              .containsOnly(ofKey.get(0).partition());
        }
      }
    }
  }

  private ReplaySettings settings() {
    return ReplaySettings.of(List.of(file), KeySettings.of("station"), TimeSettings.of("date"));
  }

  private static Observation decode(ConsumerRecord<byte[], byte[]> record) {
    Observation found =
        (Observation)
            new ObservationJsonReader(SCHEMA, Duration.ofDays(1))
                .decode(
                    record.key(),
                    record.value(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Observation.NO_RECORD_TIME);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(found.key());
    return found;
  }
}
