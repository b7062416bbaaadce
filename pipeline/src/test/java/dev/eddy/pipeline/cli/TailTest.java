package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code eddy tail} shows the records that its options ask for, and nothing that a terminal obeys.
 */
class TailTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void begins_where_from_says_and_ends_after_limit() throws Exception {
    Path yaml = tailed("placed");

    assertThat(offsets(yaml)).containsExactly(0, 1, 2, 3);
    assertThat(offsets(yaml, "--limit", "2")).containsExactly(0, 1);
    assertThat(offsets(yaml, "--from", "0@2")).containsExactly(2, 3);
    assertThat(offsets(yaml, "--from", "end")).isEmpty();
    assertThat(offsets(yaml, "--from", "2026-01-01T00:00:02Z")).containsExactly(2, 3);
    assertThat(offsets(yaml, "--from", "2026-01-02")).containsExactly(3);
    eddy("tail", "-c", yaml, "--from", "soon")
        .assertMistake("--from: soon (must be beginning, end, a time such as");
    eddy("tail", "-c", yaml, "--limit", "0").assertMistake("--limit: 0 (must be 1 or more)");
  }

  @Test
  void shows_one_key_alone_by_the_records_key_or_that_of_its_value() throws Exception {
    Path yaml = tailed("keyed");

    assertThat(offsets(yaml, "--key", "a")).containsExactly(0, 2);
    assertThat(offsets(yaml, "--key", "b")).containsExactly(1);
  }

  @Test
  void what_a_terminal_obeys_is_shown_as_an_escape() throws Exception {
    Path yaml = tailed("escaped");

    Ended shown = eddy("tail", "-c", yaml, "observations");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).doesNotContain("\u001b").contains("\\u001b[2J");
    assertThat(eddy("tail", "-c", yaml, "observations", "--json").out()).doesNotContain("\u001b");
  }

  @Test
  void dead_letters_are_shown_with_reason_place_and_bytes() throws Exception {
    Path yaml = tailed("lettered");
    HERE.announce("lettered", HERE.models().publish(1));
    Ended ran = eddy("run", "-c", yaml, "--bounded");
    assertThat(ran.code()).as(ran.err()).isZero();

    Ended shown = eddy("tail", "-c", yaml, "dead-letters", "--limit", "1");
    assertThat(shown.out()).contains(") at lettered-observations 0@", ", key ");
    JsonNode letters = eddy("tail", "-c", yaml, "dead-letters", "--json").json();
    assertThat(letters.at("/records/0/deadLetter/reason").asText()).isNotEmpty();
    assertThat(letters.at("/records/0/deadLetter/topic").asText())
        .isEqualTo("lettered-observations");
    assertThat(letters.get("count").asInt()).isEqualTo(4);
  }

  /** A deployment with four observations, none of which can be predicted. */
  private static Path tailed(String topics) throws Exception {
    Path yaml = HERE.deployment(topics);
    HERE.observations("load,wind\n1,2\n");
    eddy("topics", "create", "-c", yaml);
    String topic = topics + "-observations";
    try (var producer =
        new KafkaProducer<>(
            new HashMap<String, Object>(Map.of("bootstrap.servers", HERE.broker())),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long start = 1_767_225_600_000L; // 2026-01-01
      send(producer, topic, start, "a", "{\"load\":\"\u001b[2J\"}");
      send(producer, topic, start + 1000, null, "{\"key\":\"b\"}");
      send(producer, topic, start + 2000, "a", "no JSON");
      send(producer, topic, start + 86_400_000, "c", "{}");
    }
    return yaml;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      long at,
      @Nullable String key,
      String value)
      throws Exception {
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    producer
        .send(new ProducerRecord<>(topic, 0, at, bytes, value.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private static List<Integer> offsets(Path yaml, String... options) {
    List<Object> words = new ArrayList<>(List.of("tail", "-c", yaml, "observations", "--json"));
    words.addAll(List.of(options));
    List<Integer> offsets = new ArrayList<>();
    eddy(words.toArray())
        .json()
        .get("records")
        .forEach(each -> offsets.add(each.get("offset").asInt()));
    return offsets;
  }
}
