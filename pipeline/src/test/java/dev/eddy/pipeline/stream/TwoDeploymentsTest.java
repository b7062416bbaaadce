package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.flink.CheckpointDirectory;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that serve one model, from one Kafka, on one cluster. */
class TwoDeploymentsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEYS = 5;

  private static EmbeddedKafka kafka;
  private static TestCluster cluster;

  @TempDir Path directory;
  private TestDeployment blue;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    cluster = TestCluster.start(2, 4);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void announce(TestInfo test) {
    blue = TestDeployment.named(kafka.client(), test.getTestMethod().orElseThrow().getName());
    TestModels models = new TestModels(directory.resolve("store"));
    blue.announce(models.announce(models.publish(1)));
  }

  @AfterEach
  void undeploy() throws Exception {
    cluster.cancelAll();
  }

  @Test
  void each_has_all_predictions_once() throws Exception {
    TestDeployment green = blue.twin();
    cluster.submit(blue.settingsOf("blue"), settings("blue"), Start.FIRST);
    cluster.submit(green.settingsOf("green"), settings("green"), Start.FIRST);
    blue.observe(TestModels.rounds(KEYS, 0, 20));
    await().atMost(PATIENCE).until(() -> blue.committed() >= 10 * KEYS);
    await().atMost(PATIENCE).until(() -> green.committed() >= 10 * KEYS);
    blue.observe(TestModels.rounds(KEYS, 20, 30));
    await().atMost(PATIENCE).until(() -> blue.committed() >= 30 * KEYS);
    await().atMost(PATIENCE).until(() -> green.committed() >= 30 * KEYS);

    assertThat(blue.predictions()).hasSize(KEYS).isEqualTo(green.predictions());
    assertThat(blue.predictions().values())
        .allSatisfy(
            ofKey -> assertThat(ofKey).hasSize(30).allMatch(each -> each.contains("test@1")));
  }

  @Test
  void state_of_another_topic_is_refused() throws Exception {
    Configuration flink = settings("moved");
    JobID job = cluster.submit(blue.settingsOf("moved"), flink);
    blue.observe(TestModels.rounds(KEYS, 0, 20));
    await().atMost(PATIENCE).until(() -> blue.committed() >= 20 * KEYS);
    cluster.cancel(job);
    String checkpoint = CheckpointDirectory.newest(checkpoints("moved")).orElseThrow();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint);
    TestDeployment other = TestDeployment.named(kafka.client(), "moved-to");
    TopicSettings old = blue.topics();

    assertRefused(
        blue.with(
            new TopicSettings(
                old.observations(),
                old.predictions(),
                other.topics().models(),
                old.deadLetters(),
                2)),
        flink,
        "topics.models: moved-to-models: the state to resume from is of topic " + old.models());
    assertRefused(
        blue.with(
            new TopicSettings(
                other.topics().observations(),
                old.predictions(),
                old.models(),
                old.deadLetters(),
                2)),
        flink,
        "topics.observations: moved-to-observations: the state to resume from is of topic "
            + old.observations());
  }

  private static void assertRefused(TestDeployment moved, Configuration flink, String line)
      throws Exception {
    JobID job = cluster.submit(moved.settingsOf("moved"), flink);
    assertThat(ExceptionUtils.stringifyException(cluster.failure(job))).contains(line);
  }

  private Configuration settings(String deployment) {
    return TestCluster.settings(Path.of(checkpoints(deployment)), 2, "hashmap");
  }

  private String checkpoints(String deployment) {
    return directory.resolve(deployment).toString();
  }
}
