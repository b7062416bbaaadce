package dev.eddy.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that was there and goes away is waited for, with a word. */
class OutageTest {
  private static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("load"), List.of(), null);
  private static final int EACH = 500;

  @TempDir Path records;
  private EmbeddedKafka kafka;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(records);
    try (Topics topics = Topics.connect(kafka.client())) {
      topics.create("observations", 1);
    }
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void what_was_handed_to_a_publisher_is_sent_once_whenever_the_broker_is_back() {
    try (ObservationPublisher publisher =
        new ObservationPublisher(kafka.client(), "observations", SCHEMA, this::hear)) {
      send(publisher, 0);
      kafka.close();
      send(publisher, EACH); // nobody takes them
      publisher.flush(); // returns once hear has started the broker again
      send(publisher, 2 * EACH);
      publisher.flush();
    }
    assertThat(heard.get(0))
        .isEqualTo("waiting for the brokers: " + servers() + " does not answer");
    assertThat(read()).containsExactlyElementsOf(IntStream.range(0, 3 * EACH).boxed().toList());
  }

  @Test
  void what_may_be_tried_again_as_a_whole_is_tried_until_the_broker_is_back() throws Exception {
    kafka.close();
    boolean there =
        new Patience(Patience.LONGEST, this::hear)
            .until(
                () -> {
                  try (Topics topics = Topics.connect(kafka.client())) {
                    return topics.list().contains("observations");
                  }
                });
    assertThat(there).isTrue();
    assertThat(heard).hasSize(2);
    assertThat(heard.get(0)).contains("no broker takes connections there");
    assertThat(heard.get(1)).isEqualTo("the brokers are back, it goes on");
  }

  @Test
  void a_users_mistake_is_not_waited_for() {
    assertThatThrownBy(
            () ->
                new Patience(Patience.LONGEST, this::hear)
                    .until(() -> TopicReader.open(kafka.client(), "misspelt").readToEnd(SECOND)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no such topic");
    assertThat(heard).isEmpty();
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  private void hear(String line) {
    heard.add(line);
    if (heard.size() == 1) {
      kafka = EmbeddedKafka.start(records, kafka.port());
    }
  }

  private String servers() {
    return kafka.bootstrapServers();
  }

  private static void send(ObservationPublisher publisher, int from) {
    for (int i = from; i < from + EACH; i++) {
      publisher.send(new Observation("key", i, new double[] {i}, new String[0], null, 0, 0));
    }
  }

  /** The values on the topic, in its order. */
  private List<Integer> read() {
    try (TopicReader reader = TopicReader.open(kafka.client(), "observations")) {
      return reader.readToEnd(SECOND).stream().map(OutageTest::load).toList();
    }
  }

  private static int load(ConsumerRecord<byte[], byte[]> record) {
    String json = new String(record.value(), java.nio.charset.StandardCharsets.UTF_8);
    return (int) Double.parseDouble(json.replaceAll(".*\"load\":([0-9.E]+).*", "$1"));
  }
}
