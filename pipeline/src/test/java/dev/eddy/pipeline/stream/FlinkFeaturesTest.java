package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Flink can do beside its defaults changes no prediction. */
class FlinkFeaturesTest {
  private static final int KEYS = 100;
  private static final int ROUNDS = 120;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static EmbeddedKafka kafka;

  @TempDir Path directory;

  private enum Feature {
    UNALIGNED,
    UNALIGNED_AFTER_A_TIMEOUT,
    INCREMENTAL_ROCKSDB,
    ADAPTIVE_SCHEDULER
  }

  private static Map<String, String> settings(Feature feature) {
    return switch (feature) {
      case UNALIGNED -> Map.of("execution.checkpointing.unaligned.enabled", "true");
      case UNALIGNED_AFTER_A_TIMEOUT ->
          Map.of(
              "execution.checkpointing.unaligned.enabled", "true",
              "execution.checkpointing.aligned-checkpoint-timeout", "1 ms",
              "execution.checkpointing.unaligned.interruptible-timers.enabled", "true");
      case INCREMENTAL_ROCKSDB ->
          Map.of(
              "state.backend.type", "rocksdb",
              "execution.checkpointing.incremental", "true",
              "execution.checkpointing.unaligned.enabled", "true");
      case ADAPTIVE_SCHEDULER -> Map.of("jobmanager.scheduler", "adaptive");
    };
  }

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void brokers_that_do_not_tell_each_transaction_by_its_epoch_do_too() throws Exception {
    transactionVersion(1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
    try {
      a_kill_and_a_rescaled_restart_leave_no_trace("older-transactions", Map.of());
    } finally {
      transactionVersion(2, FeatureUpdate.UpgradeType.UPGRADE);
    }
  }

  private static void transactionVersion(int version, FeatureUpdate.UpgradeType type)
      throws Exception {
    FeatureUpdate update = new FeatureUpdate((short) version, type);
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.client()))) {
      admin
          .updateFeatures(Map.of("transaction.version", update), new UpdateFeaturesOptions())
          .all()
          .get();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_kill_and_a_rescaled_restart_leave_no_trace(Feature feature) throws Exception {
    a_kill_and_a_rescaled_restart_leave_no_trace(
        feature.name().toLowerCase(Locale.ROOT), settings(feature));
  }

  private void a_kill_and_a_rescaled_restart_leave_no_trace(
      String name, Map<String, String> settings) throws Exception {
    TestDeployment deployment = deployment(name);
    Path checkpoints = directory.resolve("checkpoints");
    Configuration flink = settings(checkpoints, 2);
    flink.addAll(Configuration.fromMap(settings));
    try (TestCluster cluster = TestCluster.start(2, 1, flink)) {
      JobID first = cluster.submit(deployment.settings(false), flink);
      deployment.observe(TestModels.rounds(KEYS, 0, 20));
      awaitCommitted(deployment, 20);
      deployment.observe(TestModels.rounds(KEYS, 20, 80));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> deployment.written() > 20 * KEYS);
      cluster.killTaskManager(0);
      cluster.startTaskManager();
      awaitCommitted(deployment, 80);
      cluster.cancel(first);

      Configuration alone = new Configuration(flink);
      alone.setString("parallelism.default", "1");
      alone.set(
          StateRecoveryOptions.SAVEPOINT_PATH,
          newest(checkpoints.resolve(first.toHexString())).toUri().toString());
      JobID second = cluster.submit(deployment.settings(false), alone);
      deployment.observe(TestModels.rounds(KEYS, 80, ROUNDS));
      awaitCommitted(deployment, ROUNDS);
      cluster.cancel(second);

      assertUninterrupted(deployment, cluster);
    }
  }

  @Test
  void incremental_checkpoints_that_were_set_aside_can_be_resumed_from() throws Exception {
    TestDeployment deployment = deployment("set-aside");
    Path checkpoints = directory.resolve("checkpoints");
    Configuration flink = settings(checkpoints, 1);
    flink.addAll(Configuration.fromMap(settings(Feature.INCREMENTAL_ROCKSDB)));
    flink.setString("execution.checkpointing.data-inline-threshold", "0 b"); // all of it is shared
    try (TestCluster cluster = TestCluster.start(1, 1, flink)) {
      JobID first = cluster.submit(deployment.settings(false), flink);
      deployment.observe(TestModels.rounds(KEYS, 0, 20));
      awaitCommitted(deployment, 20);
      cluster.cancel(first);
      assertThat(checkpoints.resolve(first.toHexString()).resolve("shared")).isNotEmptyDirectory();

      String aside = CheckpointDirectory.setAside(flink).orElseThrow();
      Configuration again = new Configuration(flink);
      again.set(
          StateRecoveryOptions.SAVEPOINT_PATH, CheckpointDirectory.newest(aside).orElseThrow());
      JobID second = cluster.submit(deployment.settings(false), again);
      deployment.observe(TestModels.rounds(KEYS, 20, ROUNDS));
      awaitCommitted(deployment, ROUNDS);
      cluster.cancel(second);

      assertUninterrupted(deployment, cluster);
    }
  }

  private static Configuration settings(Path checkpoints, int parallelism) {
    Configuration flink = TestCluster.settings(checkpoints, parallelism, "hashmap");
    flink.setString("execution.checkpointing.interval", "100 ms");
    return flink;
  }

  private TestDeployment deployment(String name) {
    TestModels models = new TestModels(directory.resolve("store"));
    TestDeployment deployment = TestDeployment.named(kafka.client(), name);
    deployment.announce(models.announce(models.publish(1)));
    deployment.announce(models.announce(models.publish(2), 500, "carry"));
    return deployment;
  }

  private static Path newest(Path job) throws IOException {
    try (Stream<Path> found = Files.list(job)) {
      return found
          .filter(each -> Files.exists(each.resolve("_metadata")))
          .max(
              Comparator.comparingInt(
                  each -> Integer.parseInt(String.valueOf(each.getFileName()).substring(4))))
          .orElseThrow();
    }
  }

  private static void awaitCommitted(TestDeployment deployment, int rounds) {
    await().atMost(PATIENCE).until(() -> deployment.committed() >= rounds * KEYS);
  }

  /** Every observation once, and bit for bit what a plain run makes of them. */
  private void assertUninterrupted(TestDeployment deployment, TestCluster cluster)
      throws Exception {
    TestDeployment twin = deployment.twin();
    cluster.run(twin.settings(true), settings(directory.resolve("plain"), 1));
    Map<String, List<String>> found = deployment.predictions();
    assertThat(found).hasSize(KEYS);
    assertThat(found.values()).allSatisfy(ofKey -> assertThat(ofKey).hasSize(ROUNDS));
    assertThat(found).isEqualTo(twin.predictions());
  }
}
