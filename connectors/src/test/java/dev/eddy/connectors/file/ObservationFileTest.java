package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ObservationFileTest extends ReplayFiles {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

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

  private String time(TimeSettings time) {
    ReplaySettings settings =
        ReplaySettings.of(List.of(folder.resolve("a.csv")), KeySettings.ofConstant("k"), time);
    return Instant.ofEpochMilli(observations(settings, TEMP).get(0).time()).toString();
  }
}
