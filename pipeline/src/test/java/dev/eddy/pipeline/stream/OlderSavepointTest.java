package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.Holds;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A savepoint that an older Eddy took is resumed, and predicts what that Eddy would have, but for
 * the last digits where its values were floats.
 */
class OlderSavepointTest {
  // Relative to the module, as it stands in the announcements that the savepoint holds.
  private static final Path FIXTURES = Path.of("src/test/resources/dev/eddy/pipeline/stream");
  private static final Path HOME = FIXTURES.resolve("eddy-0.1.0");
  private static final ObjectMapper JSON = new ObjectMapper();
  static final double OF_FLOATS = 1e-4; // of values about 10
  private static final int KEYS = 4;
  private static final int ROUNDS_BEFORE = 20;
  private static final int ROUNDS = 40;

  @TempDir Path checkpoints;

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void a_savepoint_of_0_1_0_goes_on(String stateBackend) throws Exception {
    assertGoesOn(HOME, 100, OF_FLOATS, stateBackend);
  }

  /** Its keys' states name their version by its number alone, and leave it later. */
  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void a_savepoint_of_key_state_6_goes_on_under_the_models_that_made_it(String stateBackend)
      throws Exception {
    assertGoesOn(FIXTURES.resolve("key-state-6"), 250, 0, stateBackend);
  }

  private void assertGoesOn(Path home, long secondFrom, double tolerance, String stateBackend)
      throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        TestCluster cluster = TestCluster.start(1, 4)) {
      TestDeployment deployment = TestDeployment.named(kafka.client(), "older");
      deployment.announce(announcement(home, 1, Long.MIN_VALUE));
      deployment.announce(announcement(home, 2, secondFrom));
      deployment.observe(TestModels.rounds(KEYS, 0, ROUNDS));
      Configuration flink = TestCluster.settings(checkpoints, 2, stateBackend);
      flink.set(
          StateRecoveryOptions.SAVEPOINT_PATH,
          home.resolve("savepoint").toAbsolutePath().toUri().toString());

      JobID job = cluster.submit(deployment.atLeastOnce(), flink);
      int expected = (ROUNDS - ROUNDS_BEFORE) * KEYS;
      await().atMost(Duration.ofMinutes(1)).until(() -> deployment.committed() >= expected);
      cluster.cancel(job);

      List<String> predicted = new ArrayList<>();
      deployment.predictions().values().forEach(predicted::addAll);
      List<String> then = Files.readAllLines(home.resolve("predictions.jsonl"));
      assertThat(predicted).hasSameSizeAs(then);
      for (int i = 0; i < then.size(); i++) {
        Holds.all(
            JSON.readTree(then.get(i)),
            JSON.readTree(predicted.get(i)),
            "prediction " + i,
            tolerance);
      }
    }
  }

  @Test
  void the_versions_it_serves_are_still_readable() {
    for (int version = 1; version <= 2; version++) {
      assertThat(ModelStore.at(HOME.resolve("store")).load(id(version), digest(version)).id())
          .isEqualTo(id(version));
    }
  }

  static Announcement announcement(int version, long effectiveFrom) {
    return announcement(HOME, version, effectiveFrom);
  }

  /** The same two models, whatever stored them. */
  private static Announcement announcement(Path home, int version, long effectiveFrom) {
    return new Announcement(
        "announcement of " + id(version) + " from " + effectiveFrom + ", carry",
        id(version).toString(),
        effectiveFrom,
        "carry",
        digest(version),
        home.resolve("store").toString());
  }

  private static ModelId id(int version) {
    return new ModelId(TestModels.NAME, version);
  }

  private static String digest(int version) {
    return Map.of(
            1, "a3d798142a68df563ee146208fbf61a48683f466a9f39f7f2b769cc32f4f1bcc",
            2, "053c3990b53cac3dacb895a091b8aab7c485ffea087868b224bf4c53fe3a10bb")
        .get(version);
  }
}
