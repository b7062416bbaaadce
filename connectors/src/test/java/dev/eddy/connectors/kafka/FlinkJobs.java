package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real broker, topics with records, and an environment for small Flink jobs over them. */
abstract class FlinkJobs {
  static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("temp"), List.of("city"), null);

  static EmbeddedKafka kafka;
  static Topics topics;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    topics = Topics.connect(kafka.client());
  }

  @AfterAll
  static void stop() {
    topics.close();
    kafka.close();
  }

  static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("restart-strategy.type", "none");
    return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
  }

  static ObservationSource observations(String topic) {
    return ObservationSource.builder().client(kafka.client()).topic(topic).schema(SCHEMA);
  }

  static void publish(String topic, int count) {
    try (var publisher = new ObservationPublisher(kafka.client(), topic, SCHEMA, line -> {})) {
      for (int i = 0; i < count; i++) {
        publisher.send(observation("key" + i, i));
      }
      publisher.flush();
    }
  }

  // Within a transaction, so that its marker is the partition's last record; an aborted one before.
  static void sendPoison(String topic) {
    Map<String, Object> settings = new HashMap<>(kafka.client());
    settings.put("transactional.id", "poison-" + topic);
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      for (String text : List.of("aborted", "poison")) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, utf8("k"), utf8(text)));
        producer.flush(); // or an abort might drop what was never sent
        if (text.equals("poison")) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Observation observation(String key, long time) {
    @Nullable String[] categories = {"Oslo"};
    return new Observation(key, time, new double[] {time}, categories, null, -1, -1);
  }
}
