package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells as other programs write them. */
class CellsPeopleBringTest extends BroughtFiles {
  @Test
  void a_cell_may_be_several_lines() throws IOException {
    String csv =
        "time,load,note\n" + rows(200, i -> at(i, "yyyy-MM-dd HH:mm") + "," + i % 13 + ",\"a\nb\"");
    Deployment found = init(csv);
    assertThat(found.input().features()).containsExactly("load");
    assertThat(read(found)).hasSize(200);
  }

  @Test
  void a_mark_of_inches_is_no_quote() throws IOException {
    String csv =
        "time,load,pipe\n" + rows(200, i -> at(i, "yyyy-MM-dd HH:mm") + "," + i % 13 + ",5\"");
    assertThat(read(init(csv))).hasSize(200);
  }

  @Test
  void digits_may_be_grouped_by_apostrophes() throws IOException {
    String csv =
        "Zeit;Last\n" + rows(200, i -> at(i, "dd.MM.yyyy HH:mm") + ";1'0%02d.5".formatted(i % 13));
    List<Observation> read = read(init(csv));
    assertThat(read.get(7).numeric()).containsExactly(1007.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$%d.5", "%d.5 °C", "%d%%", "%d.5D+01"})
  void what_keeps_a_column_from_being_numbers_is_named(String cell) {
    String csv = "time,load\n" + rows(60, i -> at(i, "yyyy-MM-dd HH:mm") + "," + cell.formatted(i));
    assertThatThrownBy(() -> init(csv))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("pumps.csv:2: '" + cell.formatted(0) + "' is none");
  }

  @Test
  void bytes_that_no_western_text_has_are_japanese() throws IOException {
    String csv = "時刻,気温\n" + rows(60, i -> at(i, "yyyy-MM-dd HH:mm") + "," + i % 13);
    Path file = folder.resolve("pumps.csv");
    Files.write(file, csv.getBytes(Charset.forName("Shift_JIS")));
    assertThat(init(List.of(file), InitWishes.none()).input().features()).containsExactly("気温");
  }
}
