package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment that runs: to the end of its topic, on from there, past failures. */
class RunAndResumeTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void replays_checks_and_runs_a_deployment_to_the_end_of_its_topic() throws IOException {
    Path yaml = HERE.deployment("whole");
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");

    Ended replayed = eddy("replay", "-c", yaml, "--create-topics", "--json");
    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.json().get("observations").asInt()).isEqualTo(3);

    HERE.announce("whole", HERE.models().publish(1));
    Ended checked = eddy("check", "-c", yaml, "--json");
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.json().get("wrong")).isEmpty();
    assertThat(checked.err()).contains("ok     model test@1, its weights and its features");

    Ended listed = eddy("models", "list", "-c", yaml, "--json");
    assertThat(listed.json().at("/models/0/effectiveFrom").asLong()).isEqualTo(Long.MIN_VALUE);

    Ended ran = eddy("run", "-c", yaml, "--bounded", "--json");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("beginning anew")
        .containsPattern("finished after .* s: 3 predictions, no dead letters, test@1 serves\n")
        .contains("the next run goes on from checkpoint ");
    assertThat(ran.json().get("predictions").asInt()).isEqualTo(3);
    assertThat(ran.json().at("/checkpoint/path").asText()).contains("savepoint-");
    assertThat(HERE.predictions("whole")).isEqualTo(3);

    HERE.observations("load,wind\n4,5\n");
    eddy("replay", "-c", yaml, "--set", "replay.time.start=2026-01-02");
    Ended again = eddy("run", "-c", yaml, "--bounded");
    assertThat(again.out()).contains("resuming from").contains("finished");
    assertThat(HERE.predictions("whole")).isEqualTo(4);
  }

  @Test
  void a_bounded_run_on_a_cluster_can_be_resumed() throws Exception {
    Path yaml = HERE.deployment("cluster");
    Path checkpoints = HERE.folder().resolve("checkpoints");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace(
                "300 ms}",
                "300 ms, execution.checkpointing.dir: \"" + checkpoints.toUri() + "\"}"));
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce("cluster", HERE.models().publish(1));
    HERE.launch();
    try (EmbeddedFlink flink = EmbeddedFlink.start(new Configuration())) {
      String address = flink.address().getAuthority();
      Object[] run = {"run", "-c", yaml, "--bounded", "--target", address};
      System.setProperty("eddy.terminal", "true");
      Ended first = eddy(run);
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.out()).contains("3 observations to go to the end of the topic");
      assertThat(HERE.predictions("cluster")).isEqualTo(3);

      assertThat(eddy(run).out()).contains("resuming from").contains("stopped with");
      assertThat(HERE.predictions("cluster")).isEqualTo(3);
    } finally {
      System.clearProperty("eddy.home");
      System.clearProperty("eddy.terminal");
    }
  }

  @Test
  void on_a_cluster_its_own_settings_hold_and_nobody_elses_checkpoint_is_taken() throws Exception {
    Path yaml = HERE.deployment("guest");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    Path checkpoints = HERE.folder().resolve("of-all-jobs");
    Path foreign = checkpoints.resolve("0123456789abcdef0123456789abcdef/chk-7");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve("_metadata"), "of another job");
    HERE.launch();
    Configuration own = new Configuration();
    own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    own.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(3));
    try (EmbeddedFlink flink = EmbeddedFlink.start(own)) {
      Ended ran = eddy("run", "-c", yaml, "--target", flink.address().getAuthority());

      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out())
          .contains("holds, not the file's: flink.execution.checkpointing.interval")
          .contains("beginning anew, without state: ");
    } finally {
      System.clearProperty("eddy.home");
    }
    assertThat(HERE.folder().resolve(".eddy")).doesNotExist();
    assertThat(checkpoints.resolve("observations-topic")).doesNotExist();

    try (EmbeddedFlink flink = EmbeddedFlink.start(new Configuration())) {
      eddy("run", "-c", yaml, "--bounded", "--target", flink.address().getAuthority())
          .assertMistake("--bounded: no checkpoint directory (with --target, ");
    }
  }

  @Test
  void a_run_of_which_no_version_can_be_read_is_refused() throws IOException {
    Path yaml = HERE.deployment("failing");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    PublishedModel version = models.publish(1);
    HERE.announce("failing", version);
    Files.delete(models.weights(version));

    Ended ended = eddy("run", "-c", yaml, "--bounded");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).contains("will not serve: model test@1: ");
    assertThat(ended.err()).contains("model test: every version is refused");
  }

  @Test
  void checkpoints_of_another_topic_are_refused_unless_set_aside() throws IOException {
    Path yaml = HERE.deployment("before");
    HERE.observations("load,wind\n1,2\n2,3\n3,4\n");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce("before", HERE.models().publish(1));
    eddy("run", "-c", yaml, "--bounded");

    HERE.deployment("after");
    eddy("replay", "-c", yaml, "--create-topics");
    HERE.announce("after", HERE.models().publish(2));
    Ended refused = eddy("run", "-c", yaml, "--bounded");
    refused.assertMistake(": of topic before-observations with id ");
    assertThat(refused.err()).contains("(must be of after-observations with id ");

    Ended fresh = eddy("run", "-c", yaml, "--bounded", "--fresh");
    assertThat(fresh.code()).as(fresh.err()).isZero();
    assertThat(HERE.predictions("after")).isEqualTo(3);
  }

  @Test
  void run_says_which_announced_versions_will_not_serve_and_runs_with_the_others()
      throws IOException {
    Path yaml = HERE.deployment("partly");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    HERE.announce("partly", models.publish(1));
    PublishedModel tampered = models.publish(2);
    HERE.announce("partly", tampered);
    Files.write(models.weights(tampered), new byte[] {1, 2, 3});

    Ended ended = eddy("run", "-c", yaml, "--bounded");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines())
        .filteredOn(line -> line.startsWith("will not serve: "))
        .singleElement()
        .asString()
        .contains("model test@2: ", "weights.safetensors: SHA-256");
    assertThat(HERE.predictions("partly")).isEqualTo(1);
  }
}
