package dev.eddy.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step --foo                | eddy: Unknown option: '--foo'
          step --cells sru,foo      | eddy: --cells: cell: foo (must be one of sru, lstm, gru, rnn)
          step --engines eddy       | eddy: --engines: eddy (must be one of simd, nd4j, dl4j, onnxruntime, libtorch)
          step --quick --hidden 32  | eddy: --hidden: given beside --quick (must be one of the two)
          step --batch 0            | eddy: --batch: 0 (must be 1 or more)
          train --engines simd      | eddy: --engines: simd (must be one of eddy, dl4j, dl4j-eddy-head, libtorch)
          train --rounds 0          | eddy: --rounds: 0 (must be 1 or more)
          kernels --foo             | eddy: kernels: foo is not a recognized option
          """)
  void a_mistake_is_one_line_and_ends_with_2(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines().findFirst()).contains(message);
  }

  @Test
  void a_run_that_needs_peers_asks_the_launcher_for_them() {
    System.setProperty("eddy.bench.peers-missing", "true");
    try {
      assertThat(run("step", "--engines", "simd,libtorch")).isEqualTo(75);
      assertThat(err.toString()).isEmpty();
    } finally {
      System.clearProperty("eddy.bench.peers-missing");
    }
  }

  @Test
  void help_names_every_benchmark() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("step", "train", "kernels");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Bench.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
