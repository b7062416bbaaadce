package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code eddy models} lists what can be read, names what cannot, and finishes what is unfinished.
 */
class ModelsTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void one_version_that_cannot_be_read_hides_no_other() throws IOException {
    Path yaml = HERE.deployment("listed");
    for (int seed = 1; seed <= 4; seed++) {
      HERE.models().publish(seed);
    }
    Path store = HERE.folder().resolve("models/test");
    Path truncated = store.resolve("2/model.json");
    Files.writeString(truncated, Files.readString(truncated).substring(0, 100));
    Path loop = store.resolve("5");
    Files.createSymbolicLink(loop, loop);
    Files.delete(store.resolve("4/weights.safetensors"));

    HERE.observations("load,wind\n1,2\n");
    eddy("replay", "-c", yaml, "--create-topics");
    Ended ended = eddy("models", "list", "-c", yaml);

    assertThat(ended.code()).isEqualTo(MISTAKE);
    assertThat(ended.out())
        .contains("test@1 ", "test@3 ", "not announced; missing: [weights.safetensors]")
        .doesNotContain("test@2 ");
    assertThat(ended.err().lines())
        .satisfiesExactly(
            second -> assertThat(second).startsWith("eddy: model test@2: " + truncated + ": "),
            fifth ->
                assertThat(fifth)
                    .startsWith("eddy: model test@5: " + loop.resolve("model.json"))
                    .contains(": cannot be read ("));
    JsonNode json = eddy("models", "list", "-c", yaml, "--json").json();
    assertThat(json.get("models")).hasSize(3);
    assertThat(json.at("/models/2/missing/0").asText()).isEqualTo("weights.safetensors");
    assertThat(json.at("/models/2/announced").isBoolean()).isTrue();
    assertThat(json.get("unreadable")).hasSize(2);
    assertThat(json.at("/error/lines")).hasSize(2);
  }

  @Test
  void fails_where_the_broker_does_and_shows_the_store_all_the_same() throws IOException {
    Path yaml = HERE.deployment("away");
    Files.writeString(yaml, Files.readString(yaml).replace(HERE.broker(), "127.0.0.1:1"));
    HERE.models().publish(1);

    Ended ended = eddy("models", "list", "-c", yaml);

    ended.assertMistake("127.0.0.1:1");
    assertThat(ended.out()).contains("test@1 ", "unknown");
    Ended told = eddy("models", "list", "-c", yaml, "--json");
    assertThat(told.json().at("/models/0/announced").isNull()).isTrue();
    assertThat(told.json().at("/error/code").asInt()).isEqualTo(MISTAKE);
  }

  @Test
  void announces_a_version_once_and_none_older_than_what_is_announced() throws IOException {
    Path yaml = trained("announced");
    eddy("replay", "-c", yaml, "--create-topics");

    Ended first = eddy("models", "announce", "-c", yaml, "test@2", "--json");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("announced test@2, serving from the beginning");
    assertThat(first.json().get("effectiveFrom").asLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(eddy("models", "announce", "-c", yaml, "test@2").out())
        .contains("announced already: test@2, serving from the beginning");
    eddy("models", "announce", "-c", yaml, "test@1")
        .assertMistake(
            "NAME@VERSION: test@1 (must be newer than test@2, which is announced; eddy models"
                + " promote announces it)");

    train(yaml);
    Ended later = eddy("models", "announce", "-c", yaml, "test@3");
    assertThat(later.out())
        .as("from just after the newest observation that it was judged on")
        .contains("announced test@3, serving from 2026-01-01T00:59:00.001Z");
    eddy("models", "announce", "-c", yaml, "test@9").assertMistake("model.json: cannot be read (");
    eddy("models", "announce", "-c", yaml, "other@1")
        .assertMistake("NAME@VERSION: other@1 (must be a version of test)");
  }

  @Test
  void publishes_what_was_kept() throws IOException {
    Path yaml = trained("kept");
    Path models = HERE.folder().resolve("models");
    Path kept = HERE.folder().resolve(".eddy/kept");
    Files.createDirectories(kept.getParent());
    Files.move(models, kept); // as if the store had taken neither

    assertThat(eddy("models", "list", "-c", yaml).out())
        .contains("no version of test", "kept, not published: test@2");
    eddy("models", "announce", "-c", yaml, "test@7", "--kept", "--files")
        .assertMistake("--kept: test@7 (must be one of those that are kept, [test@1, test@2])");
    Ended ended = eddy("models", "announce", "-c", yaml, "test@2", "--kept", "--files");

    assertThat(ended.out()).as(ended.err()).contains("published test@1 to " + models);
    assertThat(kept.resolve("test/2")).doesNotExist();
    assertThat(eddy("backtest", "--files", "-c", yaml).code()).isZero();
  }

  @Test
  void training_does_not_begin_where_the_store_cannot_be_written() throws IOException {
    Path yaml = trained("unwritable");
    Path models = HERE.folder().resolve("models");
    Path name = models.resolve("test");
    Files.move(name, HERE.folder().resolve("aside"));
    Files.createSymbolicLink(name, name); // cannot be written, nor looked at

    eddy("train", "--files", "-c", yaml)
        .assertMistake("store: " + name + " (must be a folder to write to: ");
    assertThat(HERE.folder().resolve(".eddy/kept")).as("it was not begun").doesNotExist();
  }

  /** A deployment with two versions in its store, none of them announced. */
  private static Path trained(String topics) throws IOException {
    StringBuilder csv = new StringBuilder("load,wind\n");
    for (int minute = 0; minute < 60; minute++) {
      csv.append(minute % 7).append(',').append(minute % 5).append('\n');
    }
    HERE.observations(csv.toString());
    Path yaml = HERE.deployment(topics);
    train(yaml);
    train(yaml);
    return yaml;
  }

  private static void train(Path yaml) {
    Ended ended =
        eddy(
            "train",
            "--files",
            "-c",
            yaml,
            "--set",
            "training={split: {by: last, validation: 10, test: 10}, updates: 4, batch: 2,"
                + " sequence-length: 8, burn-in: 1}",
            "--set",
            "model.hidden=4");
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void training_without_a_validation_part_is_said() throws IOException {
    Path yaml = trained("unvalidated");

    Ended ended =
        eddy(
            "train",
            "--files",
            "-c",
            yaml,
            "--set",
            "training={split: {by: last, validation: 0, test: 0}, updates: 2, batch: 2}",
            "--set",
            "model.hidden=4");

    assertThat(ended.out())
        .contains("without a validation part: no early stopping")
        .contains("nothing to score: no test part");
  }
}
