package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.deployment.DeploymentDocuments;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code eddy check} says what is wrong before anything runs. */
class CheckTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void check_says_everything_that_is_wrong() throws IOException {
    Path yaml = HERE.deployment("broken");
    HERE.observations("load,gust\n1,2\n");

    Ended ended = eddy("check", "-c", yaml);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .contains("wrong  " + HERE.folder().resolve("rows.csv") + ": ")
        .contains("wrong  topics.observations: broken-observations (no such topic on ")
        .contains("wrong  topics.models: broken-models (no such topic on ")
        .contains("to mend");
  }

  @Test
  void check_refuses_a_model_whose_bytes_have_changed() throws IOException {
    Path yaml = HERE.deployment("tampered");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    PublishedModel version = models.publish(1);
    HERE.announce("tampered", version);
    Path weights = models.weights(version);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    Ended ended = eddy("check", "-c", yaml);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .containsPattern(
            "wrong  model test@1: .*weights.safetensors: SHA-256 \\w+ \\(must be \\w+\\)");
  }

  @Test
  void check_refuses_a_newest_model_that_does_something_else_than_the_input_asks()
      throws IOException {
    Path yaml = HERE.deployment("otherwise");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    HERE.announce("otherwise", models.publish(1));
    String other = "input={features: [load, wind, rain], target: wind, interval: 1 min}";
    Ended asOther = eddy("check", "-c", yaml, "--set", other);
    assertThat(asOther.code()).isEqualTo(MISTAKE);
    assertThat(asOther.out())
        .contains(
            "wrong  model test@1: forecasts load (must forecast wind, as input.target says)",
            "wrong  model test@1: does not read [rain] (must read all of input.features");
    String classes = "input={features: [load, wind], label: state}";
    assertThat(eddy("check", "-c", yaml, "--set", classes).out())
        .contains("wrong  model test@1: forecasts (must do what input.label asks for)");
    String fewer = "input={features: [load], target: load}";
    assertThat(eddy("check", "-c", yaml, "--set", fewer).out())
        .contains("wrong  model test@1: reads [wind] (must be among input.features");

    HERE.announce(
        "otherwise", models.publish(TestModels.spec(CellType.SRU, 2, 8, List.of("load")), 2));
    Ended asNewest =
        eddy("check", "-c", yaml, "--set", "input={features: [load, wind], target: load}");
    assertThat(asNewest.out())
        .contains("ok     model test@2")
        .contains("wrong  model test@2: does not read [wind]");
  }

  @Test
  void check_refuses_a_model_that_cannot_carry_on_what_the_one_before_remembers()
      throws IOException {
    Path yaml = HERE.deployment("carried");
    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    TestModels models = HERE.models();
    HERE.announce("carried", models.publish(1));
    HERE.announce(
        "carried", models.publish(TestModels.spec(CellType.GRU, 2, 8, List.of("load", "wind")), 2));

    assertThat(eddy("check", "-c", yaml).out())
        .contains(
            "wrong  model test@2: swap: carry from 2×8 sru to 2×8 gru (must be rewarm or reset, or ");
  }

  @Test
  void a_starting_deployment_passes_check() throws IOException {
    StringBuilder csv = new StringBuilder("day,load\n");
    for (int day = 10; day < 30; day++) {
      csv.append("2026-01-").append(day).append(',').append(day * 1.5).append('\n');
    }
    Path file = Files.writeString(HERE.folder().resolve("load.csv"), csv);
    Path yaml = HERE.folder().resolve("load.yaml");

    Ended written = eddy("init", "--from", file, "-o", yaml);
    assertThat(written.code()).as(written.err()).isZero();
    Files.writeString(yaml, Files.readString(yaml).replace("localhost:9092", HERE.broker()));
    eddy("replay", "-c", yaml, "--create-topics");

    Ended checked = eddy("check", "-c", yaml);
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.out()).contains("note   no model is announced yet");

    Ended again = eddy("init", file, "-o", yaml);
    again.assertMistake("load.yaml: exists (must be another, or --force replaces it)");
  }

  @Test
  void check_prints_the_schema_without_a_deployment() {
    Ended ended = eddy("check", "--schema");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo(DeploymentDocuments.schema());
  }
}
