package dev.eddy.pipeline.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.pipeline.Holds;
import dev.eddy.pipeline.cli.Eddy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Versions that an older Eddy published are served, and forecast what they forecast then, but for
 * the last digits: its values were floats.
 */
class OlderStoreTest {
  private static final Path HOME =
      Path.of("src/test/resources/dev/eddy/pipeline/cli/command/eddy-0.1.0");
  private static final Path EXAMPLE = Path.of("../examples/weather.yaml");

  private static final double OF_FLOATS = 1e-5; // of scores about 3

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sru", "lstm", "gru", "rnn"})
  void a_version_published_by_0_1_0_scores_what_it_scored_then(String cell) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Holds.all(
        json.readTree(HOME.resolve("backtest-" + cell + ".json").toFile()),
        json.readTree(backtest(cell)),
        cell,
        OF_FLOATS);
  }

  /** The result's line of {@code eddy backtest --json}. */
  private String backtest(String cell) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine eddy = Eddy.commandLine(folder.resolve("eddy.log"));
    eddy.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code =
        eddy.execute(
            "backtest",
            "-c",
            EXAMPLE.toString(),
            "--files",
            "--set",
            "store=" + HOME.resolve("store").toAbsolutePath(),
            "--set",
            "name=" + cell,
            "--model",
            cell + "@1",
            "--json");
    assertThat(code).as(err.toString()).isZero();
    List<String> lines = out.toString().lines().toList();
    return lines.get(lines.size() - 1);
  }
}
