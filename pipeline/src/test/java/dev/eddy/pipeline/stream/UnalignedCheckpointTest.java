package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.Holds;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an unaligned checkpoint caught between operators is stepped when it is resumed. Flink aligns
 * all inputs of an operator that has a broadcast one, as the step has; what comes before it may
 * overtake.
 */
class UnalignedCheckpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEYS = 4;
  private static final int ROUNDS = 3_000;

  /** Some more, since the last ones wait for what may come late. */
  private static final List<Observation> OBSERVATIONS = TestModels.rounds(KEYS, 0, ROUNDS + 20);

  // Events of layout 3 in observations; the job served the store beside it.
  private static final Path OLDER =
      Path.of("src/test/resources/dev/eddy/pipeline/stream/eddy-0.1.0/unaligned");
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

  @Test
  void events_in_its_channels_are_stepped_before_those_of_the_topic() throws Exception {
    TestDeployment deployment = deployment("unaligned");
    Path checkpoints = directory.resolve("checkpoints");
    Configuration flink = settings(checkpoints, 2);
    try (TestCluster cluster = TestCluster.start(2, 1, flink)) {
      JobID first = cluster.submit(ordered(deployment.with(slow())), flink);
      Path caught = withEventsInChannels(checkpoints.resolve(first.toHexString()));
      cluster.cancel(first);

      assertResumes(caught, deployment, cluster, 0);
    }
  }

  @Test
  void one_that_an_older_eddy_took_is_resumed() throws Exception {
    TestDeployment deployment = deployment("older-unaligned");
    assertThat(events(OLDER)).isPositive();
    try (TestCluster cluster = TestCluster.start(2, 1)) {
      assertResumes(OLDER.toAbsolutePath(), deployment, cluster, OlderSavepointTest.OF_FLOATS);
    }
  }

  private static TestDeployment deployment(String name) {
    TestDeployment deployment = TestDeployment.named(kafka.client(), name);
    deployment.announce(OlderSavepointTest.announcement(1, Long.MIN_VALUE));
    deployment.observe(OBSERVATIONS);
    return deployment;
  }

  private void assertResumes(
      Path checkpoint, TestDeployment deployment, TestCluster cluster, double tolerance)
      throws Exception {
    TestDeployment resumed = deployment.twin("resumed");
    Configuration flink = settings(directory.resolve("resumed"), 1);
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
    JobID second = cluster.submit(ordered(resumed), flink);
    TestDeployment whole = deployment.twin("whole");
    cluster.run(whole.settings(true), settings(directory.resolve("whole"), 1));
    Map<String, List<String>> all = whole.predictions();
    assertThat(all).hasSize(KEYS);
    await().atMost(PATIENCE).until(() -> hasLast(resumed, all));
    cluster.cancel(second);

    // A key that had not stepped what was in the channels would predict otherwise.
    for (Map.Entry<String, List<String>> found : resumed.predictions().entrySet()) {
      assertThat(all.get(found.getKey())).as(found.getKey()).hasSizeGreaterThan(ROUNDS);
      assertSequence(found.getKey(), all.get(found.getKey()), found.getValue(), tolerance);
    }
  }

  /** That {@code found} is a run of a key's predictions, but for so much of their numbers. */
  private static void assertSequence(
      String key, List<String> all, List<String> found, double tolerance) throws Exception {
    JsonNode offset = JSON.readTree(found.get(0)).get("offset");
    int from = 0;
    while (!JSON.readTree(all.get(from)).get("offset").equals(offset)) {
      from++;
    }
    for (int i = 0; i < found.size(); i++) {
      JsonNode expected = JSON.readTree(all.get(from + i));
      Holds.all(expected, JSON.readTree(found.get(i)), key + ", prediction " + i, tolerance);
    }
  }

  private static boolean hasLast(TestDeployment resumed, Map<String, List<String>> all) {
    Map<String, List<String>> found = resumed.predictions();
    return all.entrySet().stream()
        .allMatch(
            each ->
                found
                    .getOrDefault(each.getKey(), List.of())
                    .contains(each.getValue().get(ROUNDS - 1)));
  }

  private static PredictJobSettings ordered(TestDeployment deployment) {
    PredictJobSettings job = deployment.atLeastOnce();
    return new PredictJobSettings(
        job.name(),
        job.model(),
        job.stores(),
        job.kafka(),
        job.topics(),
        job.schema(),
        job.maxAhead(),
        Duration.ofMillis(1),
        Optional.empty(),
        job.serving(),
        job.output(),
        job.bounded());
  }

  /** Sends a few predictions at a time, so that observations queue up before the step. */
  private static Map<String, String> slow() {
    Map<String, String> client = new HashMap<>(kafka.client());
    client.put("buffer.memory", "4000");
    client.put("batch.size", "500");
    return client;
  }

  /** Small buffers, so that events wait in them rather than in the topic. */
  private static Configuration settings(Path checkpoints, int parallelism) {
    Configuration flink = TestCluster.settings(checkpoints, parallelism, "hashmap");
    flink.setString("execution.checkpointing.interval", "20 ms");
    flink.setString("execution.checkpointing.unaligned.enabled", "true");
    flink.setString("execution.checkpointing.num-retained", "20");
    flink.setString("taskmanager.memory.segment-size", "4 kb");
    return flink;
  }

  private Path withEventsInChannels(Path job) throws IOException {
    AtomicReference<Path> found = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              caught(job).ifPresent(found::set);
              return found.get() != null;
            });
    return found.get();
  }

  /** A copy of one that has, since the job goes on and drops it. */
  private Optional<Path> caught(Path job) throws IOException {
    for (Path each : completed(job)) {
      try {
        if (events(each) > 0) {
          Path copy = directory.resolve("caught");
          FileUtils.deleteDirectory(copy.toFile());
          FileUtils.copyDirectory(each.toFile(), copy.toFile());
          return Optional.of(copy);
        }
      } catch (IOException dropped) {
        // A newer one has taken its place.
      }
    }
    return Optional.empty();
  }

  private static List<Path> completed(Path job) throws IOException {
    if (!Files.isDirectory(job)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(job)) {
      return found
          .filter(each -> Files.exists(each.resolve("_metadata")))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** How many bytes of its state are of channels. */
  private static long events(Path checkpoint) throws IOException {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(checkpoint.resolve("_metadata")))) {
      return Checkpoints.loadCheckpointMetadata(
              in, UnalignedCheckpointTest.class.getClassLoader(), checkpoint.toString())
          .getOperatorStates()
          .stream()
          .flatMap(operator -> operator.getStates().stream())
          .mapToLong(UnalignedCheckpointTest::inChannels)
          .sum();
    }
  }

  private static long inChannels(OperatorSubtaskState subtask) {
    return subtask.getInputChannelState().getStateSize()
        + subtask.getResultSubpartitionState().getStateSize();
  }
}
