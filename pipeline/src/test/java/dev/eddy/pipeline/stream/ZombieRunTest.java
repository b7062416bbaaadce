package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that was stopped, while a second run of the same deployment took over from its checkpoint,
 * and then goes on: nobody reads anything of it, and it ends.
 */
class ZombieRunTest {
  private static final int KEYS = 40;
  private static final int ROUNDS = 60; // observations of each key
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static EmbeddedKafka kafka;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writes_nothing_that_is_read_and_ends(boolean withRecordsInTheOpenTransaction)
      throws Exception {
    TestDeployment deployment =
        TestDeployment.named(kafka.client(), "zombie-" + withRecordsInTheOpenTransaction);
    TestModels models = new TestModels(directory.resolve("store"));
    deployment.announce(models.announce(models.publish(1)));
    try (EddyRunProcess first =
        EddyRunProcess.start(yaml(directory, deployment), directory.resolve("first.log"))) {
      deployment.observe(TestModels.rounds(KEYS, 0, 20));
      first.awaitCommitted(deployment, 20 * KEYS, PATIENCE);
      int before = deployment.written();
      if (withRecordsInTheOpenTransaction) {
        deployment.observe(TestModels.rounds(KEYS, 20, 40));
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> deployment.written() > before);
      }
      first.signal("STOP");
      if (!withRecordsInTheOpenTransaction) {
        deployment.observe(TestModels.rounds(KEYS, 20, 40));
      }
      takeOver(deployment, first);
      assertThat(first.output()).contains("a newer run of this deployment writes to");
    }
    Map<String, List<String>> predictions = deployment.predictions();
    assertThat(predictions).hasSize(KEYS);
    assertThat(predictions.values())
        .allSatisfy(ofKey -> assertThat(ofKey).hasSize(ROUNDS).doesNotHaveDuplicates());
  }

  /** Starts the second run, and lets the first go on once that has served. */
  private void takeOver(TestDeployment deployment, EddyRunProcess first) throws Exception {
    try (EddyRunProcess second =
        EddyRunProcess.start(
            successor(deployment), directory.resolve("second.log"), elsewhereLocked())) {
      second.awaitCommitted(deployment, 40 * KEYS, PATIENCE);

      first.signal("CONT");
      deployment.observe(TestModels.rounds(KEYS, 40, ROUNDS));
      assertThat(first.awaitEnd(PATIENCE)).as(first::output).isEqualTo(1);
      second.awaitCommitted(deployment, ROUNDS * KEYS, PATIENCE);
    }
  }

  private static Path yaml(Path directory, TestDeployment deployment) throws IOException {
    Path yaml = EddyRunProcess.deployment(directory, kafka.bootstrapServers(), deployment.topics());
    return Files.writeString(
        yaml, Files.readString(yaml) + "  heartbeat.interval: 1 s\n  heartbeat.timeout: 5 s\n");
  }

  /** The same deployment elsewhere, where no lock keeps it from starting, with its checkpoints. */
  private Path successor(TestDeployment deployment) throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("store"), directory.resolve("store"));
    Path from = directory.resolve("retained");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = elsewhere.resolve("retained").resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return yaml(elsewhere, deployment);
  }

  /** The flag by which locks are those of another machine. */
  private String elsewhereLocked() throws IOException {
    return "-Deddy.shared-tmp=" + Files.createDirectories(directory.resolve("elsewhere/tmp"));
  }
}
