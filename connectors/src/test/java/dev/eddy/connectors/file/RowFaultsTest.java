package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowFaultsTest extends ReplayFiles {
  @Test
  void a_row_that_does_not_parse_is_named_by_file_line_and_fault() throws IOException {
    write("a.csv", "station,date,temp\n\"two\nlines\",2026-01-01,1\na,2026-01-02,warm\n");
    assertFault("a.csv:4: temp: warm (must be a finite number, or a value that means missing)");
    write("a.csv", "station,date,temp\na,1.1.2026,1\n");
    assertFault("a.csv:2: date: 1.1.2026 (must be ISO-8601");
    write("a.csv", "station,date,temp\na,2026-01-01\n");
    assertFault("a.csv:2: 2 columns (must be 3)");
    write("a.csv", "station,date,temp\nNA,2026-01-01,1\n");
    assertFault("a.csv:2: station: 'NA' (must be the series key)");
    write("a.csv", "station,date,temp\na,2026-01-01,1e99\n");
    assertFault("a.csv:2: temp: 1e99 (must be a finite number");
    write("a.csv", "station,date,temp\na,2026-01-01,1f\n");
    assertFault("a.csv:2: temp: 1f (must be a finite number");
    write("a.csv", "station,date,temp\na,2026-01-01,\"1\n");
    assertFault("a.csv:2: ");
    write("a.csv", "station,date,temp\na,2026-01-01,\"1\"x\n");
    assertFault("a.csv:2: ");
  }

  @Test
  void a_file_that_does_not_fit_the_settings_is_refused_before_anything_is_read()
      throws IOException {
    write("a.csv", "station,date,temperature\n");
    assertFault("a.csv: input: temp (must be one of the columns [station, date, temperature])");
    write("a.csv", "");
    assertFault("a.csv: empty (must begin with a row that names the columns)");
    write("a.csv", "station,\"date\"x,temp\n");
    assertThatThrownBy(() -> read(usual("a.csv"), TEMP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("a.csv: ");
    assertThatThrownBy(() -> read(usual("nothing*.csv"), TEMP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nothing*.csv (must be a file, or a glob that matches one)");
    write("a.csv", "station,date,temp,act\nx,2026-01-01,1,3\n");
    Change change = new Change();
    change.labels = Map.of("1", "sit");
    ObservationSchema labelled = new ObservationSchema(List.of("temp"), List.of(), "act");
    assertThatThrownBy(() -> read(change.apply(usual("a.csv")), labelled))
        .hasMessageContaining("a.csv:2: act: 3 (must be one of replay.labels, [1])");
  }

  @Test
  void skips_and_counts_rows_that_do_not_parse_when_told_to() throws IOException {
    write(
        "a.csv",
        "station,date,temp\na,2026-01-01,1\na,when,2\na,2026-01-03\na,2026-01-04,x\na,2026-01-05,5\n");
    Change change = new Change();
    change.onError = ReplaySettings.RowErrors.SKIP;
    try (ReplayReader reader = new ReplayReader(change.apply(usual("a.csv")), TEMP)) {
      assertThat(text(reader.next())).isEqualTo("a 2026-01-01T00:00:00Z 1.0");
      assertThat(text(reader.next())).isEqualTo("a 2026-01-05T00:00:00Z 5.0");
      assertThat(reader.next()).isNull();
      assertThat(reader.refused().total()).isEqualTo(3);
      assertThat(reader.fractionRead()).isEqualTo(1);
    }
  }

  @Test
  void an_unclosed_quote_is_skipped_without_going_round_in_circles() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,\"1\"x\na,2026-01-02,2\na,2026-01-03,\"3\n");
    Change change = new Change();
    change.onError = ReplaySettings.RowErrors.SKIP;
    assertThat(read(change.apply(usual("a.csv")), TEMP))
        .containsExactly("a 2026-01-02T00:00:00Z 2.0");
  }

  @Test
  void a_row_that_is_not_utf_8_is_refused_where_it_matters_and_skipped_alone() throws IOException {
    byte[] latin = "station,date,temp\nZürich,2026-01-01,1\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("a.csv"), latin);
    Files.writeString(
        folder.resolve("a.csv"), "Bern äöüÄÖÜßéèàç,2026-01-02,2\n", StandardOpenOption.APPEND);
    assertFault("a.csv:2: station: 'Z");
    assertFault("(must be text in UTF-8)");
    Change change = new Change();
    change.onError = ReplaySettings.RowErrors.SKIP;
    assertThat(read(change.apply(usual("a.csv")), TEMP))
        .containsExactly("Bern äöüÄÖÜßéèàç 2026-01-02T00:00:00Z 2.0");
    write("a.csv", "station,date,temp\nZürich 🌪,2026-01-01,1\n");
    assertThat(read(usual("a.csv"), TEMP)).containsExactly("Zürich 🌪 2026-01-01T00:00:00Z 1.0");
  }

  private void assertFault(String expected) {
    assertThatThrownBy(() -> read(usual("a.csv"), TEMP))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(expected);
  }
}
