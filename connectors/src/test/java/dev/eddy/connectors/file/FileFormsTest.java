package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files as other programs write them, each read as what it means. */
class FileFormsTest extends ReplayFiles {
  private static final String TWO = "station,date,temp\nKöln,2026-01-01,1\nZürich,2026-01-01,2\n";
  private static final List<String> READ =
      List.of("Köln 2026-01-01T00:00:00Z 1.0", "Zürich 2026-01-01T00:00:00Z 2.0");

  @Test
  void text_is_read_in_the_encoding_that_its_bytes_tell() throws IOException {
    String many = TWO + "Köln,2026-01-02,3\nZürich,2026-01-02,4\nMünchen,2026-01-02,5\n";
    for (String name : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252")) {
      byte[] mark = name.startsWith("UTF") ? "\uFEFF".getBytes(Charset.forName(name)) : new byte[0];
      write("a.csv", mark, many.getBytes(Charset.forName(name)));
      assertThat(read(usual("a.csv"), TEMP)).as(name).startsWith(READ.toArray(new String[0]));
    }
    write("a.csv", new byte[0], many.getBytes(StandardCharsets.UTF_16LE));
    assertThat(read(usual("a.csv"), TEMP)).startsWith(READ.toArray(new String[0]));
  }

  @Test
  void a_broken_byte_makes_no_other_encoding_of_a_file() throws IOException {
    byte[] rows = (TWO + "a,2026-01-02,x\n").getBytes(StandardCharsets.UTF_8);
    rows[rows.length - 2] = (byte) 0xE9;
    write("a.csv", new byte[0], rows);
    assertThat(Encodings.of(folder.resolve("a.csv"))).isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void a_setting_names_the_encoding_where_bytes_do_not() throws IOException {
    byte[] bytes = TWO.getBytes(Charset.forName("IBM850"));
    write("a.csv", new byte[0], bytes);
    assertThat(read(with("encoding", Optional.of("IBM850")), TEMP)).isEqualTo(READ);
    write("a.csv", new byte[0], TWO.getBytes(Charset.forName("windows-1252")));
    assertThatThrownBy(() -> read(with("encoding", Optional.of("UTF-8")), TEMP))
        .hasMessageContaining("a.csv:2: station: 'K")
        .hasMessageContaining("must be text in UTF-8");
    assertThatThrownBy(() -> with("encoding", Optional.of("latin 1")))
        .hasMessageStartingWith("replay.encoding: latin 1 (must be the name of a character set");
  }

  @Test
  void lines_before_the_table_comments_and_units_are_not_rows() throws IOException {
    write(
        "a.csv",
        "Logger 7, made by nobody\n# by night\nstation,date,temp\n,,degC\n,,Avg\n"
            + "a,2026-01-01,1\n# moved\n\na,2026-01-02,2\n");
    ReplaySettings settings =
        Settings.with(
            usual("a.csv"), Map.of("skip", 1, "comment", Optional.of('#'), "units-row", 2));
    assertThat(read(settings, TEMP))
        .containsExactly("a 2026-01-01T00:00:00Z 1.0", "a 2026-01-02T00:00:00Z 2.0");
  }

  @Test
  void numbers_are_read_with_their_marks_and_missing_ones_by_their_size() throws IOException {
    write(
        "a.csv",
        "station;date;temp\na;2026-01-01;1.234,5\na;2026-01-02;-200\na;2026-01-03;-200,0\n"
            + "a;2026-01-04;-200,5\n");
    ReplaySettings settings =
        Settings.with(
            usual("a.csv"),
            Map.of(
                "delimiter",
                ";",
                "decimal",
                ',',
                "thousands",
                Optional.of('.'),
                "missing",
                List.of("", "-200")));
    assertThat(read(settings, TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1234.5",
            "a 2026-01-02T00:00:00Z NaN",
            "a 2026-01-03T00:00:00Z NaN",
            "a 2026-01-04T00:00:00Z -200.5");
  }

  @Test
  void what_delimiters_leave_at_the_end_is_nothing_and_a_nameless_column_has_a_place()
      throws IOException {
    write("a.csv", ",station,date,temp,,\n0,a,2026-01-01,1,,\n1,a,2026-01-02,2\n,,,,,\n");
    assertThat(read(usual("a.csv"), TEMP)).hasSize(2);
    write("b.csv", ",,station,date,temp\n0,7,a,2026-01-01,1\n");
    ObservationSchema place = new ObservationSchema(List.of("column-2"), List.of(), null);
    assertThat(read(usual("b.csv"), place)).containsExactly("a 2026-01-01T00:00:00Z 7.0");
  }

  @Test
  void a_name_of_two_columns_is_refused_where_it_is_used() throws IOException {
    write("a.csv", "station,date,temp,temp\na,2026-01-01,1,2\n");
    assertThatThrownBy(() -> read(usual("a.csv"), TEMP))
        .hasMessageContaining("a.csv: input: temp (must be the name of one column: told apart");
    write("a.csv", "station,date,temp,x,x\na,2026-01-01,1,2,3\n");
    assertThat(read(usual("a.csv"), TEMP)).hasSize(1);
  }

  @Test
  void rows_that_are_none_are_refused_and_counted_by_their_fault() throws IOException {
    write(
        "a.csv",
        "station,date,temp\na,2026-01-01,1\nstation,date,temp\na,2026-01-02,2\nTotal,,3\na,2026-01\n"
            + "station,date,temp\n");
    RefusedRows refused;
    try (ReplayReader reader =
        new ReplayReader(with("on-error", ReplaySettings.RowErrors.SKIP), TEMP)) {
      while (reader.next() != null) {}
      refused = reader.refused();
    }
    assertThat(refused.total()).isEqualTo(4);
    assertThat(refused.reasons())
        .extracting(RefusedRows.Reason::name)
        .containsExactly("repeated header", "no time", "number of columns");
    assertThat(refused.lines().get(0)).startsWith("repeated header: 2, first ").contains("a.csv:3");
  }

  @Test
  void files_of_one_name_are_told_apart_by_their_path() throws IOException {
    for (String place : List.of("north", "south")) {
      Files.createDirectory(folder.resolve(place));
      write(place + "/2.csv", "date,temp\n2026-01-01,1\n");
    }
    ReplaySettings settings =
        Settings.with(
            usual("*/2.csv"),
            Map.of(
                "key",
                Optional.of(
                    Settings.of(
                        KeySettings.class,
                        Map.of("path", Optional.of("[^/]+/[^/.]+(?=[.][^/]*$)"))))));
    assertThat(observations(settings, TEMP))
        .extracting(Observation::key)
        .containsExactly("north/2", "south/2");
  }

  @Test
  void a_packed_file_is_read_as_if_it_were_not() throws IOException {
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      packed.write(TWO.getBytes(StandardCharsets.UTF_16LE));
    }
    assertThat(read(usual("a.csv.gz"), TEMP)).isEqualTo(READ);
  }

  private ReplaySettings with(String name, Object value) {
    return Settings.with(usual("a.csv"), Map.of(name, value));
  }

  private void write(String name, byte[] mark, byte[] text) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      out.write(mark);
      out.write(text);
    }
  }
}
