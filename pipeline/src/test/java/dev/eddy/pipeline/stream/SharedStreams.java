package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.shared.SharedRecords;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.shared.SharedFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of the streaming job with a shared topic have in common: it predicts as it would if
 * each observation had brought what the topic holds of its time, the wind, which holds for all
 * keys.
 */
abstract class SharedStreams {
  static final int KEYS = 6;
  static final int ROUNDS = 60;
  static final int INTERVAL = 10; // ms, of rounds
  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration PATIENCE = Duration.ofMinutes(1);
  static final ObservationSchema SCHEMA = schema(FutureFields.NONE);

  static EmbeddedKafka kafka;
  static TestCluster cluster;

  @TempDir Path directory;
  TestModels models;
  TestDeployment deployment; // whose observations lack the wind
  TestDeployment whole; // whose observations bring it
  TestDeployment shared; // whose "observations" are the shared topic

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    cluster = TestCluster.start(2, 2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    models = new TestModels(directory.resolve("store"));
    deployment = TestDeployment.named(kafka.client(), name);
    whole = TestDeployment.named(kafka.client(), "whole-" + name);
    TopicSettings topics = deployment.topics();
    shared =
        deployment.with(
            new TopicSettings(
                name + "-shared", topics.predictions(), topics.models(), topics.deadLetters(), 1));
    try (Topics admin = Topics.connect(kafka.client())) {
      admin.create(name + "-shared", 1);
    }
  }

  @AfterEach
  void undeploy() throws Exception {
    cluster.cancelAll();
  }

  static ObservationSchema schema(FutureFields future) {
    return new ObservationSchema(
        List.of("load", "wind"), List.of(), null, future, RecordLayout.PLAIN, List.of("wind"));
  }

  PredictJobSettings settings(
      TestDeployment of, ObservationSchema schema, Duration await, boolean bounded) {
    return settings(of, schema, await, Duration.ZERO, bounded);
  }

  PredictJobSettings settings(
      TestDeployment of,
      ObservationSchema schema,
      Duration await,
      Duration orderWithin,
      boolean bounded) {
    PredictJobSettings plain = of.settings(bounded);
    String topic = shared.topics().observations();
    SharedFeatures features =
        new SharedFeatures(
            topic,
            SharedRecords.schema(List.of("wind"), Map.of(), schema),
            schema,
            Duration.ofDays(1),
            Duration.ZERO,
            await,
            Duration.ofDays(1));
    return new PredictJobSettings(
        plain.name(),
        plain.model(),
        plain.stores(),
        plain.kafka(),
        plain.topics(),
        schema,
        plain.maxAhead(),
        orderWithin,
        of == whole ? Optional.empty() : Optional.of(features),
        plain.serving(),
        plain.output(),
        bounded);
  }

  Configuration flink(String name, int parallelism, String backend) {
    return TestCluster.settings(directory.resolve(name), parallelism, backend);
  }

  /** Both deployments serve it. */
  void serve(ModelSpec spec) {
    var published = models.publish(spec, 1);
    deployment.announce(models.announce(published));
    whole.announce(models.announce(published));
  }

  static ModelSpec plain() {
    return TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind"));
  }

  /** Observations whose wind is what a function of their time says; NaN: none. */
  static List<Observation> rounds(int from, int to, LongFunction<Double> wind) {
    return TestModels.rounds(KEYS, from, to).stream()
        .map(
            each ->
                new Observation(
                    each.key(),
                    each.time(),
                    new double[] {each.numeric()[0], wind.apply(each.time())},
                    each.categories(),
                    null,
                    0,
                    0))
        .toList();
  }

  static List<Observation> lacking(int from, int to) {
    return rounds(from, to, time -> Double.NaN);
  }

  void share(long time, double wind) {
    shared.observeRaw("", "{\"time\":" + time + ",\"wind\":" + wind + "}");
  }

  /** The wind changes every 35 ms. */
  static double windAt(long time) {
    return time < 5 ? Double.NaN : 5.0 + new Random((time - 5) / 35).nextInt(20);
  }

  /** All of it up to a time. */
  void shareUntil(long end) {
    for (long time = 5; time <= end; time += 35) {
      share(time, windAt(time));
    }
  }

  void assertAsIfEachHadBroughtIt() throws Exception {
    cluster.run(
        settings(whole, SCHEMA, Duration.ZERO, true), flink("whole checkpoints", 1, "hashmap"));
    assertThat(deployment.predictions()).isEqualTo(whole.predictions());
  }

  void awaitCommitted(int predictions) {
    await().atMost(PATIENCE).until(() -> deployment.committed() >= predictions);
  }
}
