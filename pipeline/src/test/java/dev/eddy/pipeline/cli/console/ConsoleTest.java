package dev.eddy.pipeline.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A line that is rewritten stays within the terminal and leaves nothing behind. */
class ConsoleTest {
  private final StringWriter out = new StringWriter();

  @Test
  void a_status_is_cut_at_the_terminals_width_and_erased_by_the_next_line() {
    Console console = new Console(new PrintWriter(out), true);
    console.status("x".repeat(200));
    assertThat(out.toString()).isEqualTo("x".repeat(78) + "…");

    console.line("stays");
    assertThat(out.toString()).endsWith("\r" + " ".repeat(79) + "\rstays" + System.lineSeparator());
  }

  @Test
  void without_a_terminal_a_status_shows_nothing() {
    Console console = new Console(new PrintWriter(out), false);
    console.status("how it is");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_share_too_small_for_a_decimal_has_significant_digits() {
    assertThat(Formats.smallPercent(7.921e-10)).isEqualTo("7.92e-08 %");
    assertThat(Formats.smallPercent(0.0004)).isEqualTo("0.0400 %");
    assertThat(Formats.smallPercent(0.116)).isEqualTo("11.6 %");
    assertThat(Formats.smallPercent(0)).isEqualTo("0.0 %");
  }
}
