package dev.eddy.pipeline.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.settings.ModelSettings;
import dev.eddy.pipeline.yaml.SettingsWriter;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack is so many equal layers, or a list of layers that differ. */
class StackSettingsTest {
  private static final String BASE =
      """
      name: pumps
      store: models
      kafka: {bootstrap.servers: "localhost:9092"}
      topics: {observations: o, predictions: p, models: m, dead-letters: d}
      input: {features: [flow], target: flow}
      training:
        split: {by: time, validation-from: 2015-01-01, test-from: 2015-02-01}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 2×64 sru",
        "{layers: 3} | 3×64 sru",
        "{layers: {count: 3}} | 3×64 sru",
        "{layers: [{cell: sru, hidden: 64}, {cell: lstm, hidden: 32}]} | 1×64 sru, 1×32 lstm",
        "{layers: [2, {cell: lstm, peephole: true}]} | 2×64 sru, 1×64 lstm with peepholes",
        "{cell: rnn, leak: 0.5, layers: [{}, {leak: 1}, {cell: gru}]}"
            + " | 1×64 rnn with leak 0.5, 1×64 rnn, 1×64 gru",
        "{cell: lstm, peephole: true, hidden: 16, layers: [{cell: sru}, {hidden: 8}]}"
            + " | 1×16 sru, 1×8 lstm with peepholes",
        "{peephole: true, layers: [{cell: sru}, {cell: lstm}]}"
            + " | 1×64 sru, 1×64 lstm with peepholes",
      })
  void reads_a_count_or_layers(String model, String summary) throws IOException {
    ModelSettings read = read(model);

    assertThat(read.summary()).isEqualTo(summary);
    assertThat(read(shown(read))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | model.layers: 0 (must be 1 to 64)",
        "65 | model.layers: 65 (must be 1 to 64)",
        "two | model.layers.count: two (must be a whole number)",
        "[] | model.layers: 0 (must be 1 to 64)",
        "[{count: 40}, {count: 40}] | model.layers: 80 (must be 1 to 64)",
        "[{hidden: 0}] | model.layers[0].hidden: 0 (must be 1 to 4096)",
        "[{cell: cnn}] | model.layers[0].cell: cnn (must be one of sru, lstm, gru, rnn)",
        "[{}, {cell: gru, peephole: true}] | model.layers[1].peephole: true (must be false with"
            + " cell gru; only lstm has peepholes)",
        "[{cell: lstm, leak: 0.5}] | model.layers[0].leak: 0.5 (must be 1 with cell lstm; only"
            + " rnn leaks)",
        "[{units: 8}] | model.layers[0].units: unknown setting",
      })
  void refuses_layers_that_cannot_be(String layers, String message) {
    assertThatThrownBy(() -> read("{layers: " + layers + "}"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(message);
  }

  @Test
  void refuses_for_all_layers_what_none_of_them_has() {
    assertThatThrownBy(() -> read("{cell: lstm, peephole: true, layers: [{cell: gru}]}"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("model.peephole: true (must be false with cell gru");
  }

  @Test
  void shows_a_count_as_a_count_and_of_layers_what_was_said() throws IOException {
    assertThat(SettingsWriter.write(read("{}"), path -> false)).contains("layers: 2  # default\n");
    assertThat(shown(read("{layers: [2, {cell: lstm, hidden: 32}]}")))
        .contains("layers: [2, {cell: lstm, hidden: 32}]");
  }

  private static String shown(ModelSettings model) {
    return "\n" + SettingsWriter.write(model, path -> false).indent(2);
  }

  private ModelSettings read(String model) throws IOException {
    Path file = folder.resolve("deployment.yaml");
    Files.writeString(file, BASE + "model: " + model + "\n");
    return DeploymentFile.read(file, List.of()).model();
  }
}
