package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.kafka.sink.DeadLetterRecord;
import dev.eddy.connectors.kafka.sink.DeadLetterSink;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.sink.PredictionSink;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.json.PredictionJsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks within Flink jobs, against a real broker. */
class SinksTest extends FlinkJobs {
  private static final PredictionShape SHAPE =
      new PredictionShape.Forecast("w@1", List.of(""), List.of(1), List.of(0.5), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void exactly_once_predictions_are_seen_when_their_checkpoint_completes(@TempDir Path savepoints)
      throws Exception {
    topics.create("in-1", 1);
    topics.create("out-1", 2);
    publish("in-1", 5);
    JobClient job = startJob("in-1", "out-1", false);
    await().atMost(PATIENCE).until(() -> read("out-1", "read_uncommitted").size() == 5);
    assertThat(read("out-1", "read_committed")).isEmpty();
    job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
    List<Prediction> found = predictions("out-1");
    assertThat(found).extracting(Prediction::offset).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    assertThat(found).allSatisfy(each -> assertThat(each.shape()).isEqualTo(SHAPE));
    ConsumerRecord<byte[], byte[]> record = read("out-1", "read_committed").get(0);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith("key");
    // The record's time is the producer's clock, not the event's, which is of 1970 here.
    assertThat(record.timestamp()).isGreaterThan(Duration.ofDays(365).toMillis());
  }

  @Test
  void a_run_from_scratch_closes_the_transactions_that_a_cancelled_run_left_open()
      throws Exception {
    topics.create("in-2", 1);
    topics.create("out-2", 1);
    publish("in-2", 5);
    JobClient first = startJob("in-2", "out-2", false);
    await().atMost(PATIENCE).until(() -> read("out-2", "read_uncommitted").size() == 5);
    first.cancel().get(60, TimeUnit.SECONDS);
    JobClient second = startJob("in-2", "out-2", true);
    second.getJobExecutionResult().get(60, TimeUnit.SECONDS);
    assertThat(predictions("out-2"))
        .extracting(Prediction::offset)
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
  }

  /** Writes all that is on one topic, where nothing can be decoded, to another. */
  private static void sinkDeadLetters(String from, String to) throws Exception {
    StreamExecutionEnvironment env = environment();
    env.fromSource(
            observations(from).bounded().build(),
            EventTime.observations(Duration.ZERO, Duration.ZERO),
            "observations")
        .map(decoded -> (DeadLetter) decoded)
        .returns(EventTypes.DEAD_LETTER)
        .sinkTo(
            DeadLetterSink.builder()
                .client(kafka.client())
                .topic(to)
                .transactionalIdPrefix(to)
                .build());
    env.execute();
  }

  @Test
  void dead_letters_carry_the_original_bytes_and_say_why_and_whence() throws Exception {
    topics.create("in-3", 1);
    topics.create("dead", 1);
    sendPoison("in-3");
    sinkDeadLetters("in-3", "dead");
    List<ConsumerRecord<byte[], byte[]>> records = read("dead", "read_committed");
    assertThat(records).hasSize(1);
    ConsumerRecord<byte[], byte[]> record = records.get(0);
    assertThat(record.key()).isEqualTo("k".getBytes(StandardCharsets.UTF_8));
    assertThat(record.value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
    assertThat(headers(record))
        .containsEntry("reason", "malformed")
        .containsEntry("topic", "in-3")
        .containsEntry("partition", "0")
        .containsEntry("offset", "2") // after the aborted record and its marker
        .hasEntrySatisfying("detail", detail -> assertThat(detail).contains("expected"))
        .hasSize(5);
    assertThat(DeadLetterRecord.read(record).reason()).isEqualTo("malformed");
  }

  @Test
  void dead_letters_are_cut_to_what_their_topic_takes() throws Exception {
    topics.create("in-5", 1);
    topics.create("small", 1);
    try (Admin admin = Admin.create(Map.copyOf(kafka.client()))) {
      var small = new ConfigResource(ConfigResource.Type.TOPIC, "small");
      var bytes = new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), OpType.SET);
      admin.incrementalAlterConfigs(Map.of(small, List.of(bytes))).all().get();
    }
    send("in-5", "{" + "g".repeat(199_800));
    send("in-5", "{");
    sinkDeadLetters("in-5", "small");
    List<ConsumerRecord<byte[], byte[]>> records = read("small", "read_committed");
    assertThat(records).hasSize(2);
    assertThat(records)
        .anySatisfy(
            record ->
                assertThat(headers(record))
                    .containsEntry("cut", "key of 0 bytes, value of 199801"));
  }

  private static void send(String topic, String value) {
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(Map.copyOf(kafka.client()), bytes, bytes)) {
      producer.send(new ProducerRecord<>(topic, utf8(value)));
    }
  }

  @Test
  void at_least_once_predictions_are_seen_without_a_checkpoint() throws Exception {
    topics.create("in-4", 1);
    topics.create("out-4", 1);
    publish("in-4", 3);
    StreamExecutionEnvironment env = environment();
    predicted(env, observations("in-4").build())
        .sinkTo(
            PredictionSink.builder()
                .client(kafka.client())
                .topic("out-4")
                .delivery(Delivery.AT_LEAST_ONCE)
                .build());
    JobClient job = env.executeAsync();
    await().atMost(PATIENCE).until(() -> read("out-4", "read_committed").size() == 3);
    job.cancel().get(60, TimeUnit.SECONDS);
  }

  private static JobClient startJob(String from, String to, boolean bounded) throws Exception {
    StreamExecutionEnvironment env = environment();
    env.enableCheckpointing(Duration.ofHours(1).toMillis());
    // Without it the first checkpoint comes as soon as the job runs.
    env.getCheckpointConfig().setMinPauseBetweenCheckpoints(Duration.ofHours(1).toMillis());
    ObservationSource source = observations(from);
    predicted(env, bounded ? source.bounded().build() : source.build())
        .sinkTo(
            PredictionSink.builder()
                .client(kafka.client())
                .topic(to)
                .transactionalIdPrefix("eddy-" + to)
                .build());
    return env.executeAsync();
  }

  private static DataStream<Prediction> predicted(
      StreamExecutionEnvironment env, Source<Decoded, ?, ?> source) {
    return env.fromSource(
            source, EventTime.observations(Duration.ZERO, Duration.ZERO), "observations")
        .map(SinksTest::predict)
        .returns(EventTypes.PREDICTION);
  }

  private static Prediction predict(Decoded decoded) {
    Observation seen = (Observation) decoded;
    return new Prediction(
        seen.key(), seen.time(), seen.partition(), seen.offset(), SHAPE, seen.numeric());
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
    Map<String, String> client = new HashMap<>(kafka.client());
    client.put("isolation.level", isolation);
    try (TopicReader reader = TopicReader.open(client, topic)) {
      return reader.readToEnd(PATIENCE);
    }
  }

  private static List<Prediction> predictions(String topic) {
    PredictionJsonReader json = new PredictionJsonReader();
    return read(topic, "read_committed").stream().map(each -> json.read(each.value())).toList();
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(each -> headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
