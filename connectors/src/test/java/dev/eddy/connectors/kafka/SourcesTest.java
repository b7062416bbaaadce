package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** Sources within Flink jobs, against a real broker. */
class SourcesTest extends FlinkJobs {
  @Test
  void a_bounded_source_ends_at_the_end_behind_transactions_and_decodes_each_record()
      throws Exception {
    topics.create("observations", 2);
    try (var publisher =
        new ObservationPublisher(kafka.client(), "observations", SCHEMA, line -> {})) {
      for (int i = 0; i < 10; i++) {
        publisher.send(observation("key" + i % 3, i));
      }
      publisher.flush();
    }
    sendPoison("observations");
    List<Decoded> found = collect(observations("observations").bounded().build());
    assertThat(found).hasSize(11);
    assertThat(found.stream().filter(each -> each instanceof Observation)).hasSize(10);
    DeadLetter letter =
        (DeadLetter) found.stream().filter(DeadLetter.class::isInstance).findFirst().orElseThrow();
    assertThat(letter.reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(letter.topic()).isEqualTo("observations");
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("poison");
    Observation last =
        found.stream()
            .filter(Observation.class::isInstance)
            .map(Observation.class::cast)
            .filter(each -> each.time() == 9)
            .findFirst()
            .orElseThrow();
    assertThat(last.key()).isEqualTo("key0");
    assertThat(last.numeric()).containsExactly(9f);
    assertThat(last.categories()).containsExactly("Oslo");
  }

  @Test
  void announcements_arrive_in_order_and_poison_is_skipped() throws Exception {
    topics.createModels("models");
    Announcement one = new Announcement("1", "w@1", Long.MIN_VALUE, "carry", "ab", "store");
    Announcement two = new Announcement("2", "w@2", 5, "reset", "cd", "store");
    AnnouncementPublisher.publish(kafka.client(), "models", one);
    sendPoison("models");
    AnnouncementPublisher.publish(kafka.client(), "models", two);
    Source<Announcement, ?, ?> source =
        AnnouncementSource.builder().client(kafka.client()).topic("models").bounded().build();
    List<Announcement> found = new ArrayList<>();
    try (CloseableIterator<Announcement> each =
        environment()
            .fromSource(source, EventTime.unbound(), "models")
            .setParallelism(1)
            .executeAndCollect()) {
      each.forEachRemaining(found::add);
    }
    assertThat(found).containsExactly(one, two);
  }

  private static List<Decoded> collect(Source<Decoded, ?, ?> source) throws Exception {
    List<Decoded> found = new ArrayList<>();
    try (CloseableIterator<Decoded> each =
        environment()
            .fromSource(
                source, EventTime.observations(Duration.ZERO, Duration.ZERO), "observations")
            .executeAndCollect()) {
      each.forEachRemaining(found::add);
    }
    return found;
  }
}
