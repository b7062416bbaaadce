package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one deployment on a real broker, and what a user would do to them. */
public final class TestDeployment {
  static final int PARTITIONS = 2;

  private final Map<String, String> client;
  private final TopicSettings topics;

  private TestDeployment(Map<String, String> client, TopicSettings topics) {
    this.client = client;
    this.topics = topics;
  }

  /** A deployment whose topics begin with {@code name}; created where they do not exist. */
  public static TestDeployment named(Map<String, String> client, String name) {
    TestDeployment deployment = new TestDeployment(client, TopicSettings.named(name));
    deployment.createTopics();
    return deployment;
  }

  /** A whole deployment with defaults but for what tests differ in. */
  public static Deployment of(
      String name,
      Path store,
      Map<String, String> kafka,
      TopicSettings topics,
      Map<String, ?> input,
      Split split) {
    return Settings.of(
        Deployment.class,
        Map.of(
            "name",
            name,
            "store",
            store.toString(),
            "kafka",
            kafka,
            "topics",
            topics,
            "input",
            Settings.of(ObservationSettings.class, input),
            "training",
            TrainingSettings.of(split)));
  }

  /** Another deployment of the same observations and models, which writes to topics of its own. */
  public TestDeployment twin() {
    return twin("twin");
  }

  /** One of several. */
  public TestDeployment twin(String which) {
    TopicSettings other =
        new TopicSettings(
            topics.observations(),
            which + "-of-" + topics.predictions(),
            topics.models(),
            which + "-of-" + topics.deadLetters(),
            PARTITIONS);
    TestDeployment twin = new TestDeployment(client, other);
    twin.createTopics();
    return twin;
  }

  /** The same broker, other topics. */
  public TestDeployment with(TopicSettings others) {
    return new TestDeployment(client, others);
  }

  /** The same topics, by clients of other properties. */
  public TestDeployment with(Map<String, String> others) {
    return new TestDeployment(others, topics);
  }

  public TopicSettings topics() {
    return topics;
  }

  /** Those of a deployment with an id of its own, which serves the same model. */
  public PredictJobSettings settingsOf(String id) {
    return settings(id, client, topics, ServingSettings.defaults(), false);
  }

  public PredictJobSettings settings(boolean bounded) {
    return settings(client, topics, bounded);
  }

  /** A running job that shows its predictions as soon as they are made. */
  public PredictJobSettings atLeastOnce() {
    ServingSettings serving =
        Settings.of(ServingSettings.class, Map.of("delivery", Delivery.AT_LEAST_ONCE));
    return settings(TestModels.NAME, client, topics, serving, false);
  }

  public static PredictJobSettings settings(
      Map<String, String> client, TopicSettings topics, boolean bounded) {
    return settings(TestModels.NAME, client, topics, ServingSettings.defaults(), bounded);
  }

  private static PredictJobSettings settings(
      String id,
      Map<String, String> client,
      TopicSettings topics,
      ServingSettings serving,
      boolean bounded) {
    return new PredictJobSettings(
        id,
        TestModels.NAME,
        client,
        topics,
        TestModels.SCHEMA,
        Duration.ofDays(1),
        serving,
        OutputSettings.defaults(),
        bounded);
  }

  public void announce(Announcement announcement) {
    AnnouncementPublisher.publish(client, topics.models(), announcement);
  }

  public void observe(List<Observation> observations) {
    ObservationJsonWriter writer = new ObservationJsonWriter(TestModels.SCHEMA);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Observation observation : observations) {
      byte[] key = observation.key().getBytes(StandardCharsets.UTF_8);
      long recorded = observation.recordTime();
      records.add(
          new ProducerRecord<>(
              topics.observations(),
              null,
              recorded == Observation.NO_RECORD_TIME ? null : recorded,
              key,
              writer.write(observation)));
    }
    send(records);
  }

  public void observeRaw(String key, String value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
    send(List.of(new ProducerRecord<>(topics.observations(), keyBytes, valueBytes)));
  }

  /** What a {@code read_committed} consumer sees of each key, in order. */
  public Map<String, List<String>> predictions() {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topics.predictions(), "read_committed")) {
      byKey
          .computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), k -> new ArrayList<>())
          .add(new String(record.value(), StandardCharsets.UTF_8));
    }
    return byKey;
  }

  public int committed() {
    return read(topics.predictions(), "read_committed").size();
  }

  /** Predictions in the topic, those of open and aborted transactions included. */
  public int written() {
    return read(topics.predictions(), "read_uncommitted").size();
  }

  public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return read(topics.deadLetters(), "read_committed");
  }

  private void createTopics() {
    try (Topics admin = Topics.connect(client)) {
      admin.create(topics.observations(), PARTITIONS);
      admin.create(topics.predictions(), PARTITIONS);
      admin.create(topics.deadLetters(), 1);
      admin.createModels(topics.models());
    }
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    Properties properties = new Properties();
    properties.putAll(client);
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, bytes, bytes)) {
      records.forEach(producer::send);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("isolation.level", isolation);
    var bytes = new ByteArrayDeserializer();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    return records;
  }
}
