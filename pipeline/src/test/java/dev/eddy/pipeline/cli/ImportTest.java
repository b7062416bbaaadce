package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Versions that come from elsewhere, or go on from another. */
class ImportTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void an_imported_network_scores_what_it_scored_and_one_that_does_not_fit_is_refused()
      throws IOException {
    Path yaml = HERE.deployment("imported");
    HERE.observations(rows());
    assertThat(train(yaml).code()).isZero();
    Path version = HERE.folder().resolve("models/test/1");
    Path weights = version.resolve("weights.safetensors");
    Path spec = version.resolve("model.json");

    Ended imported = imports(yaml, weights, spec);
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.out()).contains("published test@2", "eddy models announce test@2");
    assertThat(scores(yaml, "test@2")).isEqualTo(scores(yaml, "test@1"));

    String json = Files.readString(spec);
    Path other = HERE.folder().resolve("other.json");
    Files.writeString(other, json.replace("\"hiddenSize\" : 4", "\"hiddenSize\" : 5"));
    imports(yaml, weights, other)
        .assertMistake("SAFETENSORS: " + weights + ": tensor layers.0.weight: shape [");
    Files.writeString(other, json.replace("\"load\"", "\"torque\""));
    imports(yaml, weights, other).assertMistake("--spec: reads: [torque, wind] and [] (must be");
    imports(yaml, HERE.folder().resolve("none"), spec)
        .assertMistake("SAFETENSORS: " + HERE.folder().resolve("none") + ": cannot be read (");
  }

  @Test
  void a_network_goes_on_from_the_newest_version_and_says_so() throws IOException {
    Path yaml = HERE.deployment("tuned");
    HERE.observations(rows());
    train(yaml, "--fine-tune").assertMistake("--fine-tune: test: no version that can be read");
    assertThat(train(yaml).code()).isZero();

    assertThat(train(yaml, "--fine-tune").code()).isZero();

    JsonNode provenance =
        new ObjectMapper()
            .readTree(HERE.folder().resolve("models/test/2/model.json").toFile())
            .get("provenance");
    assertThat(provenance.at("/learned/from").asText()).isEqualTo("test@1");
    train(yaml, "--fine-tune", "--set", "model.hidden=5")
        .assertMistake("--fine-tune: test@2 has the network: ");
  }

  private static Ended imports(Path yaml, Path weights, Path spec) {
    return eddy(
        "models",
        "import",
        weights,
        "--spec",
        spec,
        "--trained-until",
        "2026-01-01T00:50:00Z",
        "-c",
        yaml);
  }

  private static JsonNode scores(Path yaml, String model) {
    return eddy(
            "backtest", "--files", "-c", yaml, "--model", model, "--from", "2026-01-01", "--json")
        .json()
        .get("scores");
  }

  private static Ended train(Path yaml, String... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "train",
                "--files",
                "-c",
                yaml,
                "--set",
                "training={split: {by: last, validation: 10, test: 10}, updates: 4, batch: 2,"
                    + " sequence-length: 8, burn-in: 1}",
                "--set",
                "model.hidden=4"));
    words.addAll(Arrays.asList(more));
    return eddy(words.toArray());
  }

  private static String rows() {
    StringBuilder csv = new StringBuilder("load,wind\n");
    for (int minute = 0; minute < 60; minute++) {
      csv.append(minute % 7).append(',').append(minute % 5).append('\n');
    }
    return csv.toString();
  }
}
