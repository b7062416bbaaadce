package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    Path firstOutput = directory.resolve("first.log");
    Path secondOutput = directory.resolve("second.log");
    Process first = EddyRunProcess.start(yaml(directory, deployment), firstOutput);
    Process second = first;
    try {
      deployment.observe(rounds(0, 20));
      awaitCommitted(deployment, 20 * KEYS, first, firstOutput);
      int before = deployment.written();
      if (withRecordsInTheOpenTransaction) {
        deployment.observe(rounds(20, 40));
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> deployment.written() > before);
      }
      signal("STOP", first);
      if (!withRecordsInTheOpenTransaction) {
        deployment.observe(rounds(20, 40));
      }
      second = EddyRunProcess.start(successor(deployment), secondOutput, temporaryFiles());
      awaitCommitted(deployment, 40 * KEYS, second, secondOutput);

      signal("CONT", first);
      deployment.observe(rounds(40, ROUNDS));
      assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(() -> read(firstOutput))
          .isTrue();
      assertThat(first.exitValue()).as(() -> read(firstOutput)).isEqualTo(1);
      awaitCommitted(deployment, ROUNDS * KEYS, second, secondOutput);
    } finally {
      signal("CONT", first);
      first.destroyForcibly().waitFor();
      second.destroyForcibly().waitFor();
    }
    assertThat(read(firstOutput)).contains("a newer run of this deployment writes to");
    Map<String, List<String>> predictions = deployment.predictions();
    assertThat(predictions).hasSize(KEYS);
    assertThat(predictions.values())
        .allSatisfy(ofKey -> assertThat(ofKey).hasSize(ROUNDS).doesNotHaveDuplicates());
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

  /** Where locks are, too: those of another machine. */
  private String temporaryFiles() throws IOException {
    return "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("elsewhere/tmp"));
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Fails at once, with what it printed, if the process ended by itself. */
  private static void awaitCommitted(
      TestDeployment deployment, int predictions, Process process, Path output) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(() -> read(output)).isTrue())
        .untilAsserted(
            () -> assertThat(deployment.committed()).isGreaterThanOrEqualTo(predictions));
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One observation of each key a round, ten milliseconds apart. */
  private static List<Observation> rounds(int from, int to) {
    List<Observation> observations = new ArrayList<>();
    for (int round = from; round < to; round++) {
      for (int key = 0; key < KEYS; key++) {
        observations.add(TestModels.observation("key " + key, 10L * round, 0));
      }
    }
    return observations;
  }
}
