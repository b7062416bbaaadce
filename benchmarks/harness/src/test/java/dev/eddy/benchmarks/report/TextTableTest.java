package dev.eddy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table =
      new TextTable(
          List.of("cell", "ns"), List.of(List.of("sru", "7"), List.of("lstm", "1,234")), 1);

  @Test
  void text_stands_left_and_numbers_right() {
    assertThat(table.lines())
        .containsExactly("cell     ns", "───────────", "sru       7", "lstm  1,234");
  }

  @Test
  void markdown_aligns_alike() {
    assertThat(table.markdown())
        .containsExactly("| cell | ns |", "|---|---:|", "| sru | 7 |", "| lstm | 1,234 |");
  }
}
