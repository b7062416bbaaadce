package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.file.settings.WideSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayReaderTest {
  private static final ObservationSchema TEMP =
      new ObservationSchema(List.of("temp"), List.of(), null);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @TempDir private Path folder;

  @Test
  void reads_the_usual_file() throws IOException {
    write("a.csv", "station,date,temp\nx,2026-01-01,1.5\n\"y, the \"\"2nd\"\"\",2026-01-02,-3\n");
    assertThat(read(usual("a.csv"), TEMP))
        .containsExactly("x 2026-01-01T00:00:00Z 1.5", "y, the \"2nd\" 2026-01-02T00:00:00Z -3.0");
  }

  @Test
  void takes_a_byte_order_mark_blank_lines_and_windows_line_ends() throws IOException {
    write("a.csv", "\uFEFFstation,date,temp\r\n\r\nx, 2026-01-01 ,1\r\n\r\n");
    assertThat(read(usual("a.csv"), TEMP)).containsExactly("x 2026-01-01T00:00:00Z 1.0");
  }

  @Test
  void unpacks_gzip() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      out.write("station,date,temp\nx,2026-01-01,1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(usual("a.csv.gz"), TEMP)).containsExactly("x 2026-01-01T00:00:00Z 1.0");
  }

  @Test
  void reads_categories_and_mapped_labels_and_renamed_columns() throws IOException {
    write("a.csv", "station,date,TEMP.1,wd,act\nx,2026-01-01,1,NE,1\nx,2026-01-02,NA,NA,\n");
    ObservationSchema schema = new ObservationSchema(List.of("temp"), List.of("wd"), "act");
    Change change = new Change();
    change.rename = Map.of("TEMP.1", "temp");
    change.labels = Map.of("1", "sit", "2", "lie");
    List<Observation> found = observations(change.apply(usual("a.csv")), schema);
    assertThat(found.get(0).categories()).containsExactly("NE");
    assertThat(found.get(0).label()).isEqualTo("sit");
    assertThat(found.get(1).numeric()).containsExactly(Float.NaN);
    assertThat(found.get(1).categories()).containsExactly((String) null);
    assertThat(found.get(1).label()).isNull();
  }

  @Test
  void reads_without_header_and_with_the_key_in_the_file_name() throws IOException {
    write("trial7F.txt", "0;1,5\n0.25;2,5\n");
    Change change = new Change();
    change.header = false;
    change.columns = List.of("seconds", "temp");
    change.delimiter = ";";
    change.decimal = ',';
    ReplaySettings settings =
        ReplaySettings.of(
            List.of(folder.resolve("trial*.txt")),
            KeySettings.ofFileName("trial(\\d+)"),
            TimeSettings.ofUnits(
                "seconds", TimeSettings.Unit.S, Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(read(change.apply(settings), TEMP))
        .containsExactly("7 2020-01-01T00:00:00Z 1.5", "7 2020-01-01T00:00:00.250Z 2.5");
  }

  @Test
  void splits_at_tabs_and_at_runs_of_blanks() throws IOException {
    write("t.csv", "station\tdate\ttemp\nx\t2026-01-01\t1\n");
    write("b.csv", "station  date temp\n\n  x   2026-01-01      1\n");
    Change change = new Change();
    change.delimiter = "tab";
    assertThat(read(change.apply(usual("t.csv")), TEMP))
        .containsExactly("x 2026-01-01T00:00:00Z 1.0");
    change.delimiter = "whitespace";
    assertThat(read(change.apply(usual("b.csv")), TEMP))
        .containsExactly("x 2026-01-01T00:00:00Z 1.0");
  }

  @Test
  void reads_times_however_they_are_written() throws IOException {
    write(
        "a.csv",
        "y,m,d,h,day,clock,ms,iso,temp\n2026,1,1,24,01/02/2026,9:30,1,2026-01-01 08:00,1\n");
    assertThat(time(TimeSettings.ofParts(List.of("y", "m", "d", "h"), SHANGHAI)))
        .isEqualTo("2026-01-01T16:00:00Z");
    assertThat(time(TimeSettings.ofParts(List.of("y", "m", "d"), ZoneId.of("UTC"))))
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(time(TimeSettings.ofPattern(List.of("day", "clock"), "dd/MM/yyyy H:mm", SHANGHAI)))
        .isEqualTo("2026-02-01T01:30:00Z");
    assertThat(time(TimeSettings.ofPattern(List.of("day"), "dd/MM/yyyy", SHANGHAI)))
        .isEqualTo("2026-01-31T16:00:00Z");
    assertThat(time(TimeSettings.ofUnits("ms", TimeSettings.Unit.MS, Instant.EPOCH)))
        .isEqualTo("1970-01-01T00:00:00.001Z");
    assertThat(time(TimeSettings.of("iso"))).isEqualTo("2026-01-01T08:00:00Z");
    assertThat(
            time(TimeSettings.ofSteps(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1))))
        .isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void rows_without_times_are_a_step_apart_in_each_file() throws IOException {
    write("a.csv", "temp\n1\n2\n");
    write("b.csv", "temp\n3\n");
    ReplaySettings settings =
        ReplaySettings.of(
            List.of(folder.resolve("*.csv")),
            KeySettings.ofFileName("[^.]+"),
            TimeSettings.ofSteps(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1)));
    assertThat(read(settings, TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1.0",
            "b 2026-01-01T00:00:00Z 3.0",
            "a 2026-01-01T01:00:00Z 2.0");
  }

  @Test
  void rows_without_times_are_counted_for_each_key() throws IOException {
    write("a.csv", "series,temp\nx,1\nx,2\ny,3\nx,4\ny,5\n");
    ReplaySettings settings =
        ReplaySettings.of(
            List.of(folder.resolve("a.csv")),
            KeySettings.of("series"),
            TimeSettings.ofSteps(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1)));
    assertThat(read(settings, TEMP))
        .containsExactly(
            "x 2026-01-01T00:00:00Z 1.0",
            "x 2026-01-01T01:00:00Z 2.0",
            "y 2026-01-01T00:00:00Z 3.0",
            "x 2026-01-01T02:00:00Z 4.0",
            "y 2026-01-01T01:00:00Z 5.0");
  }

  @Test
  void a_row_may_be_a_whole_series_with_gaps_and_an_end() throws IOException {
    write("m.csv", "id,V2,V3,V4\nH1,1,,3\nH2,4,,\n");
    TimeSettings hours =
        TimeSettings.ofSteps(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1));
    ReplaySettings settings =
        laidOut(
            "m.csv",
            ReplaySettings.Layout.SERIES,
            ",",
            Optional.empty(),
            Optional.of(KeySettings.of("id")),
            hours);
    assertThat(read(settings, TEMP))
        .containsExactly(
            "H1 2026-01-01T00:00:00Z 1.0",
            "H1 2026-01-01T01:00:00Z NaN",
            "H1 2026-01-01T02:00:00Z 3.0",
            "H2 2026-01-01T00:00:00Z 4.0");
  }

  @Test
  void melts_columns_into_keys() throws IOException {
    write("w.csv", "date;MT_1;MT_2;holiday\n2026-01-01;1;2;0\n2026-01-02;;4;1\n");
    ObservationSchema schema = new ObservationSchema(List.of("holiday", "load"), List.of(), null);
    assertThat(read(wide("w.csv", WideSettings.of("load")), schema))
        .containsExactly(
            "MT_1 2026-01-01T00:00:00Z 0.0 1.0",
            "MT_2 2026-01-01T00:00:00Z 0.0 2.0",
            "MT_2 2026-01-02T00:00:00Z 1.0 4.0");
  }

  @Test
  void melts_the_columns_of_every_key_into_keys_of_their_own() throws IOException {
    write(
        "w.csv",
        "date;station;PM10;CO;wind\n2026-01-01;north;1;2;5\n2026-01-01;south;;4;6\n2026-01-02;north;3;;7\n");
    ObservationSchema schema =
        new ObservationSchema(List.of("wind", "level"), List.of("variable"), null);
    WideSettings melted = new WideSettings("level", List.of(), List.of(), Optional.of("variable"));
    ReplaySettings settings = wide("w.csv", melted, Optional.of(KeySettings.of("station")));
    assertThat(read(settings, schema))
        .containsExactly(
            "north/PM10 2026-01-01T00:00:00Z 5.0 1.0",
            "north/CO 2026-01-01T00:00:00Z 5.0 2.0",
            "south/CO 2026-01-01T00:00:00Z 6.0 4.0",
            "north/PM10 2026-01-02T00:00:00Z 7.0 3.0");
    assertThat(observations(settings, schema))
        .extracting(observation -> observation.categories()[0])
        .containsExactly("PM10", "CO", "CO", "PM10");
  }

  @Test
  void counts_the_rows_of_each_melted_key_where_there_is_no_time() throws IOException {
    write("w.csv", "station;a;b\nnorth;1;2\nsouth;3;4\nnorth;5;6\n");
    ObservationSchema schema = new ObservationSchema(List.of("level"), List.of(), null);
    ReplaySettings settings =
        wide(
            "w.csv",
            WideSettings.of("level"),
            Optional.of(KeySettings.of("station")),
            TimeSettings.ofSteps(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(1)));
    assertThat(read(settings, schema))
        .containsExactly(
            "north/a 2026-01-01T00:00:00Z 1.0",
            "north/b 2026-01-01T00:00:00Z 2.0",
            "south/a 2026-01-01T00:00:00Z 3.0",
            "south/b 2026-01-01T00:00:00Z 4.0",
            "north/a 2026-01-01T01:00:00Z 5.0",
            "north/b 2026-01-01T01:00:00Z 6.0");
  }

  @Test
  void the_variable_of_melted_columns_must_be_a_categorical_feature() throws IOException {
    write("w.csv", "date;a;b\n2026-01-01;1;2\n");
    ObservationSchema schema = new ObservationSchema(List.of("level"), List.of(), null);
    WideSettings melted = new WideSettings("level", List.of(), List.of(), Optional.of("what"));
    assertThatThrownBy(() -> read(wide("w.csv", melted), schema))
        .hasMessageEndingWith("replay.wide.variable: what (must be one of [])");
  }

  @Test
  void melts_only_the_columns_named() throws IOException {
    write("w.csv", "date;MT_1;MT_2\n2026-01-01;1;2\n");
    ObservationSchema schema = new ObservationSchema(List.of("load"), List.of(), null);
    assertThat(
            read(
                wide(
                    "w.csv",
                    new WideSettings("load", List.of("MT_2"), List.of(), Optional.empty())),
                schema))
        .containsExactly("MT_2 2026-01-01T00:00:00Z 2.0");
    assertThat(
            read(
                wide(
                    "w.csv",
                    new WideSettings("load", List.of(), List.of("MT_2"), Optional.empty())),
                schema))
        .containsExactly("MT_1 2026-01-01T00:00:00Z 1.0");
  }

  @Test
  void merges_files_by_time_and_equal_times_in_file_order() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-03,3\na,2026-01-03,4\n");
    write("b.csv", "station,date,temp\nb,2026-01-02,2\nb,2026-01-03,5\n");
    assertThat(read(usual("[ab].csv"), TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1.0",
            "b 2026-01-02T00:00:00Z 2.0",
            "a 2026-01-03T00:00:00Z 3.0",
            "a 2026-01-03T00:00:00Z 4.0",
            "b 2026-01-03T00:00:00Z 5.0");
  }

  @Test
  void sorts_a_file_that_lists_its_keys_one_after_the_other() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-01,3\n");
    Change change = new Change();
    assertThat(read(usual("a.csv"), TEMP).get(2)).startsWith("b");
    change.sort = true;
    assertThat(read(change.apply(usual("a.csv")), TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1.0",
            "b 2026-01-01T00:00:00Z 3.0",
            "a 2026-01-02T00:00:00Z 2.0");
  }

  @Test
  void sends_the_period_from_its_start_to_before_its_end() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-02,2\na,2026-01-03,3\n");
    Optional<Instant> second = Optional.of(Instant.parse("2026-01-02T00:00:00Z"));
    Optional<Instant> third = Optional.of(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(read(usual("a.csv").withPeriod(second, third), TEMP))
        .containsExactly("a 2026-01-02T00:00:00Z 2.0");
    assertThat(read(usual("a.csv").withPeriod(Optional.empty(), second), TEMP)).hasSize(1);
    assertThat(read(usual("a.csv").withPeriod(second, Optional.empty()), TEMP)).hasSize(2);
  }

  @Test
  void a_row_that_does_not_parse_is_named_by_file_line_and_fault() throws IOException {
    write("a.csv", "station,date,temp\n\"two\nlines\",2026-01-01,1\na,2026-01-02,warm\n");
    assertFault("a.csv:4: temp: warm (expected a finite number, or a value that means missing)");
    write("a.csv", "station,date,temp\na,1.1.2026,1\n");
    assertFault("a.csv:2: date: 1.1.2026 (expected ISO-8601");
    write("a.csv", "station,date,temp\na,2026-01-01\n");
    assertFault("a.csv:2: 2 columns (expected 3)");
    write("a.csv", "station,date,temp\nNA,2026-01-01,1\n");
    assertFault("a.csv:2: station: 'NA' (expected the series key)");
    write("a.csv", "station,date,temp\na,2026-01-01,1e99\n");
    assertFault("a.csv:2: temp: 1e99 (expected a finite number");
    write("a.csv", "station,date,temp\na,2026-01-01,1f\n");
    assertFault("a.csv:2: temp: 1f (expected a finite number");
    write("a.csv", "station,date,temp\na,2026-01-01,\"1\n");
    assertFault("a.csv:2: ");
    write("a.csv", "station,date,temp\na,2026-01-01,\"1\"x\n");
    assertFault("a.csv:2: ");
  }

  @Test
  void a_file_that_does_not_fit_the_settings_is_refused_before_anything_is_read()
      throws IOException {
    write("a.csv", "station,date,temperature\n");
    assertFault("a.csv: input: temp (there is no such column among [station, date, temperature])");
    write("a.csv", "");
    assertFault("a.csv: empty (expected a header row)");
    assertThatThrownBy(() -> read(usual("nothing*.csv"), TEMP))
        .isInstanceOf(RowException.class)
        .hasMessageContaining("nothing*.csv (there is no such file)");
    write("a.csv", "station,date,temp,act\nx,2026-01-01,1,3\n");
    Change change = new Change();
    change.labels = Map.of("1", "sit");
    ObservationSchema labelled = new ObservationSchema(List.of("temp"), List.of(), "act");
    assertThatThrownBy(() -> read(change.apply(usual("a.csv")), labelled))
        .hasMessageContaining("a.csv:2: act: 3 (expected one of replay.labels, [1])");
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
      assertThat(reader.skipped()).isEqualTo(3);
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

  private void assertFault(String expected) {
    assertThatThrownBy(() -> read(usual("a.csv"), TEMP))
        .isInstanceOf(RowException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(expected);
  }

  private String time(TimeSettings time) {
    ReplaySettings settings =
        ReplaySettings.of(List.of(folder.resolve("a.csv")), KeySettings.ofConstant("k"), time);
    return Instant.ofEpochMilli(observations(settings, TEMP).get(0).time()).toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private ReplaySettings usual(String files) {
    return ReplaySettings.of(
        List.of(folder.resolve(files)), KeySettings.of("station"), TimeSettings.of("date"));
  }

  private ReplaySettings wide(String file, WideSettings wide) {
    return wide(file, wide, Optional.empty());
  }

  private ReplaySettings wide(String file, WideSettings wide, Optional<KeySettings> key) {
    return wide(file, wide, key, TimeSettings.of("date"));
  }

  private ReplaySettings wide(
      String file, WideSettings wide, Optional<KeySettings> key, TimeSettings time) {
    return laidOut(file, ReplaySettings.Layout.WIDE, ";", Optional.of(wide), key, time);
  }

  private ReplaySettings laidOut(
      String file,
      ReplaySettings.Layout layout,
      String delimiter,
      Optional<WideSettings> wide,
      Optional<KeySettings> key,
      TimeSettings time) {
    return Settings.of(
        ReplaySettings.class,
        Map.of(
            "files", List.of(folder.resolve(file)),
            "layout", layout,
            "delimiter", delimiter,
            "key", key,
            "time", time,
            "wide", wide));
  }

  private static List<String> read(ReplaySettings settings, ObservationSchema schema) {
    return observations(settings, schema).stream().map(ReplayReaderTest::text).toList();
  }

  private static List<Observation> observations(ReplaySettings settings, ObservationSchema schema) {
    List<Observation> found = new ArrayList<>();
    try (ReplayReader reader = new ReplayReader(settings, schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        found.add(each);
      }
    }
    return found;
  }

  private static String text(Observation observation) {
    StringBuilder text = new StringBuilder(observation.key());
    text.append(' ').append(Instant.ofEpochMilli(observation.time()));
    for (float value : observation.numeric()) {
      text.append(' ').append(value);
    }
    return text.toString();
  }

  /** Changes to the usual settings. */
  private static final class Change implements UnaryOperator<ReplaySettings> {
    private String delimiter = ",";
    private char decimal = '.';
    private boolean header = true;
    private List<String> columns = List.of();
    private Map<String, String> rename = Map.of();
    private Map<String, String> labels = Map.of();
    private boolean sort;
    private ReplaySettings.RowErrors onError = ReplaySettings.RowErrors.STOP;

    @Override
    public ReplaySettings apply(ReplaySettings usual) {
      return Settings.with(
          usual,
          Map.of(
              "delimiter", delimiter,
              "decimal", decimal,
              "header", header,
              "columns", columns,
              "rename", rename,
              "labels", labels,
              "sort", sort,
              "on-error", onError));
    }
  }
}
