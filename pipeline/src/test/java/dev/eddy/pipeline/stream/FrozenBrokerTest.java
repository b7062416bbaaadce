package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
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
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
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
      Process run = EddyRunProcess.start(yaml(broker, deployment), output);
      try {
        deployment.observe(rounds(0, 20));
        await(run, output).until(() -> deployment.committed() >= 20 * KEYS);
        deployment.observe(rounds(20, 40));
        await(run, output)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> deployment.written() > 20 * KEYS);
        broker.freeze();
        await(run, output).until(() -> read(output).split("started again", -1).length > 2);
        broker.thaw();
        deployment.observe(rounds(40, 60));
        await(run, output).until(() -> deployment.committed() >= 60 * KEYS);
      } finally {
        run.destroyForcibly().waitFor();
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

  /** Fails at once, with what it printed, if the process ended by itself. */
  private static ConditionFactory await(Process run, Path output) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(run.isAlive()).as(() -> read(output)).isTrue());
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
