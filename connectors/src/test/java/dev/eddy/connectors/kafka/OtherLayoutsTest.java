package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Records that others lay out, on a real broker. */
class OtherLayoutsTest extends FlinkJobs {
  private static final ObservationSchema ENVELOPE =
      new ObservationSchema(
          List.of("temp"),
          List.of(),
          null,
          FutureFields.NONE,
          new RecordLayout(
              Map.of("time", "data.ts", "temp", "/data/temp"),
              KeySource.KAFKA,
              KeyCoding.INT,
              EpochUnit.S,
              null,
              ZoneOffset.UTC,
              true));

  @Test
  void what_others_and_what_replay_send_is_read_alike() throws Exception {
    topics.create("envelopes", 1);
    send("envelopes", 42, "{\"key\":{},\"data\":{\"ts\":1767225600,\"temp\":\"1.5\"}}");
    try (var publisher =
        new ObservationPublisher(kafka.client(), "envelopes", ENVELOPE, line -> {})) {
      publisher.send(
          new Observation("42", 1_767_229_200_000L, new double[] {2}, new String[0], null, -1, -1));
      publisher.flush();
    }
    send("envelopes", 42, "{\"time\":1767225600,\"temp\":3}");

    List<Decoded> found = read("envelopes");

    assertThat(found.subList(0, 2))
        .extracting(each -> ((Observation) each).key())
        .containsExactly("42", "42");
    assertThat(found.subList(0, 2))
        .extracting(each -> ((Observation) each).time())
        .containsExactly(1_767_225_600_000L, 1_767_229_200_000L);
    assertThat(found.subList(0, 2))
        .extracting(each -> ((Observation) each).numeric()[0])
        .containsExactly(1.5, 2.0);
    DeadLetter letter = (DeadLetter) found.get(2);
    assertThat(letter.reason()).isEqualTo("missing-time");
    assertThat(letter.key()).isEqualTo(ByteBuffer.allocate(4).putInt(42).array());
  }

  private static void send(String topic, int key, String value) throws Exception {
    var bytes = new ByteArraySerializer();
    Map<String, Object> client = Map.copyOf(kafka.client());
    try (var producer = new KafkaProducer<>(client, bytes, bytes)) {
      byte[] keyBytes = ByteBuffer.allocate(4).putInt(key).array();
      producer.send(new ProducerRecord<>(topic, 0, keyBytes, utf8(value))).get();
    }
  }

  private static List<Decoded> read(String topic) throws Exception {
    List<Decoded> found = new ArrayList<>();
    var source =
        ObservationSource.builder()
            .client(kafka.client())
            .topic(topic)
            .schema(ENVELOPE)
            .maxAhead(Duration.ofDays(10_000))
            .bounded()
            .build();
    try (CloseableIterator<Decoded> each =
        environment()
            .fromSource(source, EventTime.observations(Duration.ZERO, Duration.ZERO), "envelopes")
            .setParallelism(1)
            .executeAndCollect()) {
      each.forEachRemaining(found::add);
    }
    found.sort(Comparator.comparingLong(OtherLayoutsTest::offset));
    return found;
  }

  private static long offset(Decoded decoded) {
    return decoded instanceof DeadLetter letter
        ? letter.offset()
        : ((Observation) decoded).offset();
  }
}
