package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is told to end, as by Ctrl-C, says what it did and where the next one goes on. */
class LastLineTest {
  private static final int KEYS = 10;
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
  void it_names_predictions_dead_letters_and_the_checkpoint_of_the_next_run() throws Exception {
    TestDeployment deployment = TestDeployment.named(kafka.client(), "last-line");
    TestModels models = new TestModels(directory.resolve("store"));
    deployment.announce(models.announce(models.publish(1)));
    Path yaml = EddyRunProcess.deployment(directory, kafka.bootstrapServers(), deployment.topics());
    deployment.observe(TestModels.rounds(KEYS, 0, 4));
    deployment.observe(TestModels.rounds(KEYS, 1, 2)); // once more, now out of order
    String output = ended(yaml, deployment, 4 * KEYS, "text");

    assertThat(output)
        .containsPattern(
            "stopped after [0-9.]+ s: 40 predictions, 10 dead letters \\(out-of-order 10\\),"
                + " test@1 serves\n")
        .containsPattern("the next run goes on from checkpoint \\d+, [0-9.]+ s old: file:/.*/chk-");

    deployment.observe(TestModels.rounds(KEYS, 4, 5));
    String second = ended(yaml, deployment, 5 * KEYS, "json", "--json");
    JsonNode told = new ObjectMapper().readTree(last(second, "{"));
    assertThat(told.get("predictions").asInt()).isEqualTo(KEYS);
    assertThat(told.get("deadLetters").asInt()).isZero();
    assertThat(told.get("version").asText()).isEqualTo("test@1");
    assertThat(told.at("/checkpoint/path").asText()).contains("/chk-");
  }

  /** What a run prints that is told to end when it has committed so many predictions in all. */
  private String ended(
      Path yaml, TestDeployment deployment, int predictions, String log, String... words)
      throws Exception {
    try (EddyRunProcess run =
        EddyRunProcess.start(yaml, directory.resolve(log), List.of(), List.of(words))) {
      run.awaitCommitted(deployment, predictions, PATIENCE);
      run.signal("TERM");
      assertThat(run.awaitEnd(PATIENCE)).as(run::output).isEqualTo(143);
      return run.output();
    }
  }

  private static String last(String output, String begin) {
    List<String> found = output.lines().filter(line -> line.startsWith(begin)).toList();
    assertThat(found).as(output).hasSize(1);
    return found.get(0);
  }
}
