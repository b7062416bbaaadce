package dev.eddy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path folder;

  @Test
  void markdown_goes_between_the_marks_of_a_file_and_leaves_the_rest() throws Exception {
    Path file = folder.resolve("page.md");
    Files.write(file, List.of("# Head", "<!-- begin step -->", "old", "<!-- end step -->", "tail"));

    page().write(file);

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "# Head", "<!-- begin step -->", "", "a line", "", "<!-- end step -->", "tail");
  }

  @Test
  void a_file_without_the_marks_is_left_alone() throws Exception {
    Path file = Files.write(folder.resolve("page.md"), List.of("mine"));

    assertThatThrownBy(() -> page().write(file)).hasMessageContaining("<!-- begin step -->");
    assertThat(Files.readAllLines(file)).containsExactly("mine");
  }

  @Test
  void a_new_file_holds_the_page_alone() throws Exception {
    page().write(folder.resolve("new.md"));

    assertThat(Files.readAllLines(folder.resolve("new.md"))).containsExactly("a line");
  }

  private static Page page() {
    Page page = new Page("step");
    page.line("a line");
    return page;
  }
}
