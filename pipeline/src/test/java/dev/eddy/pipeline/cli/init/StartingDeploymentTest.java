package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingDeploymentTest {
  @TempDir Path folder;

  @Test
  void finds_key_time_frequency_and_types_of_a_long_file() throws IOException {
    StringBuilder csv = new StringBuilder("id,when,sensor,heat,state,note\n");
    for (int i = 0; i < 100; i++) {
      for (String sensor : new String[] {"a", "b"}) {
        csv.append(
            "%d,2026-01-%02dT%02d:00:00Z,%s,%.1f,%s,%s\n"
                .formatted(
                    2 * i + (sensor.equals("a") ? 0 : 1),
                    1 + i / 24,
                    i % 24,
                    sensor,
                    i / 3.0,
                    i % 2 == 0 ? "on" : "off",
                    "text " + i));
      }
    }

    Deployment deployment = deployment(csv.toString());

    assertThat(deployment.input().features()).containsExactly("heat");
    assertThat(deployment.input().categorical()).containsExactly("state");
    assertThat(deployment.input().target()).contains("heat");
    assertThat(deployment.input().interval()).contains(Duration.ofHours(1));
    assertThat(deployment.model().horizons()).containsExactly(1, 6, 24);
    assertThat(first(deployment).key()).isEqualTo("a");
  }

  @Test
  void finds_a_file_without_header_with_semicolons_and_european_times() throws IOException {
    StringBuilder csv = new StringBuilder();
    for (int i = 1; i <= 28; i++) {
      csv.append("%02d.01.2026 00:30;%d\n".formatted(i, i * i));
    }

    Deployment deployment = deployment(csv.toString());

    assertThat(deployment.input().features()).containsExactly("column-2");
    assertThat(deployment.input().interval()).contains(Duration.ofDays(1));
    Observation first = first(deployment);
    assertThat(first.time())
        .isEqualTo(java.time.Instant.parse("2026-01-01T00:30:00Z").toEpochMilli());
    assertThat(first.key()).isEqualTo("pumps");
  }

  @Test
  void finds_times_in_parts_and_in_epoch_seconds() throws IOException {
    String parts = "Year,Month,Day,y\n" + rows("2026,1,%d,%d\n");
    assertThat(first(deployment(parts)).time())
        .isEqualTo(java.time.Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());

    String epoch = "stamp,y\n" + rows("17672256%02d,%d\n");
    assertThat(first(deployment(epoch)).time()).isEqualTo(1_767_225_601_000L);
  }

  @Test
  void counts_rows_at_the_users_word_alone_and_ends_before_now() throws IOException {
    assertThatThrownBy(() -> deployment("y,z\n" + rows("%d.5,%d\n")))
        .hasMessageContaining("--interval: missing: ")
        .hasMessageContaining("pumps.csv has no column of times, only [y, z]");
    Path file = Files.writeString(folder.resolve("pumps.csv"), "y,z\n" + rows("%d.5,%d\n"));

    Deployment deployment = deployment(List.of(file), counted(Duration.ofHours(1)));

    assertThat(deployment.input().interval()).contains(Duration.ofHours(1));
    long last = first(deployment).time() + Duration.ofHours(20).toMillis();
    assertThat(last).isLessThan(System.currentTimeMillis());
  }

  @Test
  void takes_the_users_word_for_label_and_key() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pumps.csv"), "time,on,pump\n" + rows("2026-01-%02d,%d,p1\n"));
    InitWishes wishes =
        new InitWishes(
            List.of(), Optional.of("on"), Optional.of("pump"), Optional.empty(), Optional.empty());
    assertThatThrownBy(
            () ->
                StartingDeployment.from(
                    List.of(file),
                    "pumps",
                    new InitWishes(
                        List.of("onn"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
        .hasMessage("--target: onn (must be one of the columns [time, on, pump])");
    Files.writeString(file, "time,x,on,pump\n" + rows("2026-01-%02d,%d,1,p1\n"));
    String yaml = StartingDeployment.from(List.of(file), "pumps", wishes).yaml(folder);
    assertThat(yaml)
        .contains("  label: \"on\"\n")
        .contains("  key: pump\n")
        .contains("features: [x]");
  }

  @Test
  void several_files_are_a_series_each_named_like_their_file() throws IOException {
    for (String name : List.of("first", "second")) {
      Files.writeString(folder.resolve(name + ".csv"), "y\n" + rows("%d.5\n"));
    }
    StartingDeployment starting =
        StartingDeployment.from(
            List.of(folder.resolve("first.csv"), folder.resolve("second.csv")),
            "pumps",
            counted(Duration.ofHours(1)));
    assertThat(starting.findings().get(0))
        .isEqualTo("2 files, 40 rows, key: the file's name, time: none, made up");
    assertThat(starting.yaml(folder))
        .contains("files: [first.csv, second.csv]")
        .contains("key: {file: \"[^.]+\"}")
        .contains("step: 1 h")
        .contains("interval: 1 h")
        .contains("split: {by: last, validation: 3, test: 3}");
  }

  @Test
  void rows_that_are_whole_series_are_told_by_their_numbered_columns() throws IOException {
    StringBuilder csv = new StringBuilder("\"V1\"");
    for (int column = 2; column <= 41; column++) {
      csv.append(",\"V%d\"".formatted(column));
    }
    for (int series = 1; series <= 3; series++) {
      csv.append("\n\"H%d\"".formatted(series));
      for (int place = 0; place < 40; place++) {
        csv.append(series < 3 || place < 20 ? "," + (series * 100 + place) : ",");
      }
    }

    Path file = Files.writeString(folder.resolve("pumps.csv"), csv.append('\n'));
    Deployment deployment = deployment(List.of(file), counted(Duration.ofDays(1)));

    assertThat(deployment.input().target()).containsExactly("value");
    assertThat(deployment.training().split()).isEqualTo(new Split.ByLast(3, 3));
    Observation first = first(deployment);
    assertThat(first.key()).isEqualTo("H1");
    assertThat(first.numeric()).containsExactly(100);
  }

  @Test
  void numbers_may_name_the_columns_of_series_but_a_table_with_times_is_one_of_features()
      throws IOException {
    StringBuilder series = new StringBuilder("id");
    StringBuilder sensors = new StringBuilder("timestamp");
    for (int column = 1; column <= 15; column++) {
      series.append(",%d".formatted(column));
      sensors.append(",s%d".formatted(column));
    }
    for (int row = 1; row <= 20; row++) {
      series.append("\n%d".formatted(row + 5));
      sensors.append("\n2026-01-%02d".formatted(row));
      for (int column = 1; column <= 15; column++) {
        series.append(",%d.5".formatted(row * column));
        sensors.append(",%d.5".formatted(row * column));
      }
    }

    Path file = Files.writeString(folder.resolve("pumps.csv"), series.append('\n'));
    assertThat(first(deployment(List.of(file), counted(Duration.ofDays(1)))).key()).isEqualTo("6");
    assertThat(deployment(sensors.append('\n').toString()).input().features()).hasSize(15);
  }

  @Test
  void files_of_the_same_name_are_told_apart_by_their_path() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String day : List.of("monday", "tuesday")) {
      Path file = Files.createDirectory(folder.resolve(day)).resolve("pump.csv");
      files.add(Files.writeString(file, "time,y\n" + rows("2026-01-%02d,%d\n")));
    }

    Deployment deployment = deployment(files, InitWishes.none());

    assertThat(first(deployment).key()).isEqualTo("monday/pump");
  }

  @Test
  void many_files_of_a_folder_are_written_as_one_pattern() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= 6; number++) {
      Path file = recordings.resolve("r" + number + ".csv");
      files.add(Files.writeString(file, "time,y\n" + rows("2026-01-%02d,%d\n")));
    }
    StartingDeployment all = StartingDeployment.from(files, "pumps", InitWishes.none());
    StartingDeployment few =
        StartingDeployment.from(files.subList(0, 5), "pumps", InitWishes.none());

    assertThat(all.yaml(folder)).contains("files: [\"recordings/*.csv\"]");
    assertThat(few.yaml(folder)).contains("\"recordings/r1.csv\", \"recordings/r2.csv\"");
    assertThat(StartingDeployment.nameOf(files)).isEqualTo("recordings");
    assertThat(StartingDeployment.nameOf(files.subList(0, 1))).isEqualTo("r1");
  }

  @Test
  void a_column_of_classes_is_guessed_from_its_name() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pumps.csv"), "time,x,class\n" + rows("2026-01-%02d,%d,c%2$d\n"));
    String yaml = StartingDeployment.from(List.of(file), "pumps", InitWishes.none()).yaml(folder);
    assertThat(yaml)
        .contains("  label: class")
        .doesNotContain("target:")
        .doesNotContain("horizons:");
  }

  @Test
  void a_column_within_which_times_ascend_is_the_key_where_they_repeat_without()
      throws IOException {
    StringBuilder csv = new StringBuilder("time,shop,area,y\n");
    for (int day = 1; day <= 20; day++) {
      for (int shop = 0; shop < 4; shop++) {
        csv.append("2026-01-%02d,s%d,a%d,%d.5\n".formatted(day, shop, shop % 2, day * shop));
      }
    }
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv.toString());
    StartingDeployment starting =
        StartingDeployment.from(List.of(file), "pumps", InitWishes.none());
    assertThat(starting.yaml(folder)).contains("key: shop").contains("categorical: [area]");
    Files.writeString(file, csv.toString().replace(",s", ",s0").replaceAll("s0\\d", "s0"));
    assertThat(StartingDeployment.from(List.of(file), "pumps", InitWishes.none()).findings())
        .anyMatch(line -> line.startsWith("times repeat or go back within a series"))
        .anyMatch(line -> line.startsWith("60 rows repeat the time of another in their series"));
  }

  @Test
  void quotes_names_that_yaml_would_read_otherwise() throws IOException {
    Deployment deployment =
        deployment("time,yes,PM2.5 [ug],a: b\n" + rows("2026-01-%02d,%d,2,3\n"));

    assertThat(deployment.input().features()).containsExactly("yes");
    assertThat(deployment("time,on,\"x, y\"\n" + rows("2026-01-%02d,%d,%2$d\n")).input().features())
        .containsExactly("on", "x, y");
  }

  @Test
  void refuses_a_file_that_holds_nothing_to_forecast() {
    assertThatThrownBy(() -> deployment("time,word\n2026-01-01,a\n2026-01-02,b\n"))
        .hasMessageContaining("no column of numbers that change");
    assertThatThrownBy(() -> deployment("time,y\n")).hasMessageContaining("1 rows (must have");
    assertThatThrownBy(() -> deployment("time,y\n2026-01-01,1\n2026-01-02\n"))
        .hasMessageContaining("pumps.csv:3: 1 columns (must be 2)");
  }

  private static String rows(String pattern) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      rows.append(pattern.formatted(i, i * 3));
    }
    return rows.toString();
  }

  private Deployment deployment(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    return deployment(List.of(file), InitWishes.none());
  }

  private static InitWishes counted(Duration interval) {
    return new InitWishes(
        List.of(), Optional.empty(), Optional.empty(), Optional.of(interval), Optional.empty());
  }

  private Deployment deployment(List<Path> files, InitWishes wishes) throws IOException {
    String yaml = StartingDeployment.from(files, "pumps", wishes).yaml(folder);
    Path written = Files.writeString(folder.resolve("pumps.yaml"), yaml);
    return SettingsBinder.bind(
        YamlDocument.read(written, Map.of()), Deployment.class, ZoneOffset.UTC);
  }

  private static Observation first(Deployment deployment) {
    ReplaySettings files = deployment.requireReplay();
    ObservationSchema schema = deployment.observationSchema();
    try (ReplayReader reader = new ReplayReader(files, schema)) {
      Observation first = reader.next();
      assertThat(first).isNotNull();
      return first;
    }
  }
}
