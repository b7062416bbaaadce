package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.cli.Ended;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From Kafka to Kafka, through real failures: what consumers see is as if nothing had happened. */
class PredictJobTest {
  private static final int KEYS = 40;
  private static final int ROUNDS = 60; // observations of each key
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static EmbeddedKafka kafka;
  private static TestCluster cluster;

  @TempDir Path directory;
  private TestModels models;
  private TestDeployment deployment;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    cluster = TestCluster.start(2, 1);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    models = new TestModels(directory.resolve("store"));
    deployment = TestDeployment.named(kafka.client(), test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void undeploy() throws Exception {
    cluster.cancelAll();
  }

  @Test
  void parallelism_and_state_backend_change_no_prediction() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    deployment.announce(models.announce(models.publish(2), 500, "carry"));
    deployment.observe(TestModels.rounds(KEYS, 0, ROUNDS));

    run(deployment, 1, "hashmap");
    TestDeployment twin = deployment.twin();
    run(twin, 2, "rocksdb");

    assertComplete(deployment.predictions());
    assertThat(deployment.predictions().toString()).contains("test@1").contains("test@2");
    assertThat(twin.predictions()).isEqualTo(deployment.predictions());
  }

  @Test
  void observations_out_of_order_within_the_time_are_predicted_as_if_they_were_not()
      throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    TestDeployment sorted = TestDeployment.named(kafka.client(), "sorted");
    sorted.announce(models.announce(models.publish(1)));
    List<Observation> rounds = new ArrayList<>(TestModels.rounds(KEYS, 0, ROUNDS));
    sorted.observe(rounds);
    Collections.shuffle(rounds, new Random(7));
    deployment.observe(rounds);

    run(sorted, 1, "hashmap");
    PredictJobSettings plain = deployment.settings(true);
    PredictJobSettings ordered =
        new PredictJobSettings(
            plain.name(),
            plain.model(),
            plain.stores(),
            plain.kafka(),
            plain.topics(),
            plain.schema(),
            plain.maxAhead(),
            Duration.ofMinutes(10),
            Optional.empty(),
            plain.serving(),
            plain.output(),
            true);
    cluster.run(
        ordered, TestCluster.settings(directory.resolve("bounded checkpoints"), 2, "rocksdb"));

    assertComplete(deployment.predictions());
    assertThat(deployment.deadLetters()).isEmpty();
    assertThat(withoutOffsets(deployment)).isEqualTo(withoutOffsets(sorted));
  }

  private static String withoutOffsets(TestDeployment of) {
    return of.predictions().toString().replaceAll("\"offset\":\\d+|test@\\d+", "");
  }

  @Test
  void poison_lands_in_the_dead_letters_and_disturbs_nothing_else() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    deployment.observe(TestModels.rounds(KEYS, 0, 30));
    deployment.observeRaw("key 1", "not even JSON");
    deployment.observeRaw("key 2", "{\"key\":\"key 2\",\"time\":301,\"load\":\"high\"}");
    deployment.observeRaw("key 3", "{\"key\":\"key 3\",\"time\":1,\"load\":2.5}");
    deployment.observe(TestModels.rounds(KEYS, 30, ROUNDS));

    run(deployment, 2, "hashmap");

    assertComplete(deployment.predictions());
    List<ConsumerRecord<byte[], byte[]>> letters = deployment.deadLetters();
    assertThat(letters)
        .extracting(letter -> header(letter, "reason"))
        .containsExactlyInAnyOrder("malformed", "wrong-type", "out-of-order");
    assertThat(letters)
        .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
        .contains("not even JSON");
  }

  @Test
  void a_model_announced_in_mid_stream_serves_from_its_effective_time() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    JobID job = submit(deployment);
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    awaitCommitted(20 * KEYS);
    PublishedModel second = models.publish(2);
    deployment.announce(models.announce(second, 10 * 40, "carry"));
    deployment.observe(TestModels.rounds(KEYS, 20, ROUNDS));
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(job);

    assertUninterrupted();
    for (List<String> ofKey : deployment.predictions().values()) {
      assertThat(ofKey.subList(0, 40)).allMatch(prediction -> prediction.contains("test@1"));
      assertThat(ofKey.subList(40, ROUNDS)).allMatch(prediction -> prediction.contains("test@2"));
    }
  }

  @Test
  void metrics_tell_of_flushes_dead_letters_versions_and_late_announcements() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    JobID job = submit(deployment);
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    deployment.observeRaw("key 1", "not even JSON");
    deployment.observeRaw("key 3", "{\"key\":\"key 3\",\"time\":1,\"load\":2.5}");
    awaitCommitted(20 * KEYS);
    deployment.announce(models.announce(models.publish(2), 100, "carry"));
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.counted(job, "eddy.announced-too-late") == 2); // one a subtask
    deployment.observe(TestModels.rounds(KEYS, 20, 21));
    awaitCommitted(21 * KEYS);

    assertThat(cluster.counted(job, ".flushes")).isPositive();
    assertThat(cluster.counted(job, "eddy.reason.malformed.dead-letters")).isEqualTo(1);
    assertThat(cluster.counted(job, "eddy.reason.out-of-order.dead-letters")).isEqualTo(1);
    assertThat(cluster.gauged(job, "eddy.model-version")).containsExactly(2);
    assertThat(cluster.gauged(job, "eddy.engine")).containsExactly("simd");
    assertThat(cluster.gauged(job, "eddy.vectors-missing")).containsExactly(0);
  }

  @Test
  void at_least_once_shows_predictions_before_any_checkpoint() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    Configuration flink = TestCluster.settings(directory.resolve("none"), 2, "hashmap");
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
    cluster.submit(deployment.atLeastOnce(), flink);
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    awaitCommitted(20 * KEYS);
  }

  @Test
  void a_task_manager_killed_in_mid_stream_leaves_no_trace() throws Exception {
    deployment.announce(models.announce(models.publish(1)));
    assertKilledLeavesNoTrace();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rewarm", "carry", "reset"})
  void a_task_manager_killed_in_the_middle_of_a_swap_leaves_no_trace(String policy)
      throws Exception {
    deployment = TestDeployment.named(kafka.client(), "killed-in-" + policy);
    deployment.announce(models.announce(models.publish(1)));
    deployment.announce(models.announce(models.publish(2), 250, policy));
    assertKilledLeavesNoTrace();
    assertThat(deployment.predictions().toString()).contains("test@1").contains("test@2");
  }

  @Test
  void a_task_manager_killed_while_a_shadow_is_promoted_leaves_no_trace() throws Exception {
    announcePromoted(250);
    assertKilledLeavesNoTrace();
    assertThat(deployment.predictions().toString()).contains("test@1").contains("test@2");
  }

  @Test
  void metrics_tell_of_a_shadow_and_of_its_promotion() throws Exception {
    announcePromoted(210);
    JobID job = submit(deployment);
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    awaitCommitted(20 * KEYS);
    assertThat(cluster.gauged(job, "eddy.model-version")).containsExactly(1);
    assertThat(cluster.gauged(job, "eddy.shadow-version")).containsExactly(2);

    deployment.observe(TestModels.rounds(KEYS, 20, 30));
    awaitCommitted(30 * KEYS);
    assertThat(cluster.counted(job, "eddy.keys-promoted")).isEqualTo(KEYS);
    assertThat(cluster.gauged(job, "eddy.model-version")).containsExactly(2);
    assertThat(cluster.gauged(job, "eddy.shadow-version")).containsExactly(0);
  }

  /** A second version, a shadow until it serves from an event time on. */
  private void announcePromoted(long from) {
    deployment.announce(models.announce(models.publish(1)));
    PublishedModel second = models.publish(2);
    deployment.announce(models.announce(second, 100, "rewarm").asShadow());
    deployment.announce(models.announce(second, from, "reset"));
  }

  private void assertKilledLeavesNoTrace() throws Exception {
    JobID job = submit(deployment);
    deployment.observe(TestModels.rounds(KEYS, 0, 20));
    awaitCommitted(20 * KEYS);
    deployment.observe(TestModels.rounds(KEYS, 20, 40));
    awaitWritten(20 * KEYS + 1);
    cluster.killTaskManager(0);
    cluster.startTaskManager();
    deployment.observe(TestModels.rounds(KEYS, 40, ROUNDS));
    awaitCommitted(ROUNDS * KEYS);
    cluster.cancel(job);

    assertUninterrupted();
  }

  @Test
  void eddy_run_ended_with_SIGKILL_resumes_and_leaves_no_trace() throws Exception {
    Path yaml = EddyRunProcess.deployment(directory, kafka.bootstrapServers(), deployment.topics());
    deployment.announce(models.announce(models.publish(1)));

    try (EddyRunProcess first = EddyRunProcess.start(yaml, directory.resolve("first.log"))) {
      deployment.observe(TestModels.rounds(KEYS, 0, 20));
      first.awaitCommitted(deployment, 20 * KEYS, PATIENCE);
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      Path copy = Files.copy(yaml, elsewhere.resolve("copy.yaml"));
      Ended.eddy("run", "-c", copy, "--set", "store=" + directory.resolve("store"))
          .assertMistake("deployment test: runs already, by process " + first.pid() + " from ");
      deployment.observe(TestModels.rounds(KEYS, 20, 40));
      awaitWritten(20 * KEYS + 1);
    }
    deployment.observe(TestModels.rounds(KEYS, 40, ROUNDS));
    try (EddyRunProcess second = EddyRunProcess.start(yaml, directory.resolve("second.log"))) {
      second.awaitCommitted(deployment, ROUNDS * KEYS, PATIENCE);
      assertThat(second.output()).contains("resuming from file:");
    }

    assertUninterrupted();
  }

  private JobID submit(TestDeployment live) throws Exception {
    return cluster.submit(
        live.settings(false), TestCluster.settings(directory.resolve("checkpoints"), 2, "hashmap"));
  }

  private void run(TestDeployment bounded, int parallelism, String stateBackend) throws Exception {
    Path checkpoints = directory.resolve("bounded checkpoints");
    cluster.run(
        bounded.settings(true), TestCluster.settings(checkpoints, parallelism, stateBackend));
  }

  private void awaitCommitted(int predictions) {
    await().atMost(PATIENCE).until(() -> deployment.committed() >= predictions);
  }

  private void awaitWritten(int predictions) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> deployment.written() >= predictions);
  }

  /** Every observation once, and bit for bit what a run without failures makes of them. */
  private void assertUninterrupted() throws Exception {
    assertComplete(deployment.predictions());
    TestDeployment twin = deployment.twin();
    run(twin, 1, "hashmap");
    assertThat(deployment.predictions()).isEqualTo(twin.predictions());
  }

  private static void assertComplete(Map<String, List<String>> predictions) {
    assertThat(predictions).hasSize(KEYS);
    assertThat(predictions.values()).allSatisfy(ofKey -> assertThat(ofKey).hasSize(ROUNDS));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
