package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** What a user types: commands, options, settings. */
class UsageTest {
  @RegisterExtension static final Surroundings HERE = new Surroundings();

  @Test
  void unknown_settings_and_options_are_one_line_each() throws IOException {
    Path yaml = HERE.deployment("typo");

    eddy("run", "-c", yaml, "--set", "serving.max-bach=1")
        .assertMistake("--set: serving.max-bach: unknown setting (did you mean max-batch?)");
    eddy("run", "-c", yaml, "--set", "serving.max-batch=0")
        .assertMistake("--set: serving.max-batch: 0 (must be 1 to 100000)");
    Ended option = eddy("run", "-c", yaml, "--freshh");
    assertThat(option.code()).isEqualTo(MISTAKE);
    assertThat(option.err())
        .startsWith("eddy: Unknown option: '--freshh' (did you mean --fresh")
        .contains("--help");
  }

  @Test
  void a_misspelt_command_is_told_the_nearest_and_none_at_all_helps() {
    assertThat(eddy("trian").err()).startsWith("eddy: ").contains("(did you mean", "train");
    for (Ended alone : new Ended[] {eddy(), eddy("models")}) {
      assertThat(alone.code()).isZero();
      assertThat(alone.out()).contains("Usage: eddy", "Commands:");
    }
  }

  @Test
  void of_json_there_is_one_object_on_failure_too() throws IOException {
    Path yaml = HERE.deployment("json");

    Ended refused = eddy("run", "-c", yaml, "--set", "serving.max-batch=0", "--json");
    assertThat(refused.json().at("/error/kind").asText()).isEqualTo("mistake");
    assertThat(refused.json().at("/error/lines/0").asText())
        .isEqualTo("--set: serving.max-batch: 0 (must be 1 to 100000)");
    assertThat(eddy("run", "--jsn", "--json", "-c", yaml).json().at("/error/code").asInt())
        .isEqualTo(MISTAKE);
    assertThat(eddy("check", "-c", yaml, "--show", "--json").json().get("name").asText())
        .isEqualTo("test");
  }

  @Test
  void a_cell_of_the_demo_is_checked_with_the_settings_that_only_some_cells_have()
      throws IOException {
    Path yaml = HERE.deployment("cells");

    eddy("demo", "-c", yaml, "--cell", "elman")
        .assertMistake("eddy: --cell: elman (must be one of sru, lstm, gru, rnn)");
    eddy("demo", "-c", yaml, "--cell", "gru", "--set", "model.peephole=true")
        .assertMistake(
            "model.peephole: true (must be false with cell gru; only lstm has peepholes)");
    assertThat(eddy("demo", "--help").out()).contains("sru|lstm|gru|rnn");
  }

  @Test
  void every_command_explains_itself() {
    for (CommandLine command :
        Eddy.commandLine(HERE.folder().resolve("log")).getSubcommands().values()) {
      Ended ended = eddy(command.getCommandName(), "--help");
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).contains("Usage: eddy " + command.getCommandName());
    }
  }
}
