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
    assertThat(option.err()).startsWith("eddy: Unknown option: '--freshh'").contains("--help");
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
