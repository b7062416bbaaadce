package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that freezes with predictions in the open transaction, for longer than every timeout of
 * the clients: the job fails, again and again, ends nothing, and serves on when the broker is back.
 */
class FrozenBrokerTest {
  private static final int KEYS = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Less than what clients take by default, so that a frozen broker is one within seconds. */
  private static final String IMPATIENT =
      "max.block.ms: 4000, request.timeout.ms: 2000, delivery.timeout.ms: 5000,"
          + " default.api.timeout.ms: 4000";

  @TempDir Path directory;

  @Test
  void eddy_run_outlives_it_and_predicts_everything_once() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(directory)) {
      TestDeployment deployment = TestDeployment.named(broker.client(), "frozen");
      TestModels models = new TestModels(directory.resolve("store"));
      deployment.announce(models.announce(models.publish(1)));
      Path output = directory.resolve("run.log");
      try (EddyRunProcess run = EddyRunProcess.start(yaml(broker, deployment), output)) {
        deployment.observe(TestModels.rounds(KEYS, 0, 20));
        run.await(PATIENCE).until(() -> deployment.committed() >= 20 * KEYS);
        deployment.observe(TestModels.rounds(KEYS, 20, 40));
        run.await(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> deployment.written() > 20 * KEYS);
        broker.freeze();
        run.await(PATIENCE).until(() -> run.output().split("started again", -1).length > 2);
        broker.thaw();
        deployment.observe(TestModels.rounds(KEYS, 40, 60));
        run.await(PATIENCE).until(() -> deployment.committed() >= 60 * KEYS);
      }
      Map<String, List<String>> predictions = deployment.predictions();
      assertThat(predictions).hasSize(KEYS);
      assertThat(predictions.values())
          .allSatisfy(ofKey -> assertThat(ofKey).hasSize(60).doesNotHaveDuplicates());
    }
  }

  private Path yaml(BrokerProcess broker, TestDeployment deployment) throws IOException {
    String servers = broker.client().get("bootstrap.servers");
    Path yaml = EddyRunProcess.deployment(directory, servers, deployment.topics());
    String text = Files.readString(yaml);
    return Files.writeString(
        yaml, text.replace("\"" + servers + "\"", "\"" + servers + "\", " + IMPATIENT));
  }
}
