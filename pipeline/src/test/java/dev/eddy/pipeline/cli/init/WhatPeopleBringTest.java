package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other programs: what {@code init} writes of them reads them as what they mean. */
class WhatPeopleBringTest {
  private static final LocalDateTime BEGIN = LocalDateTime.parse("2024-03-10T18:00:00");

  @TempDir Path folder;

  @Test
  void decimal_commas_dates_beside_clocks_and_empty_ends() throws IOException {
    String csv =
        "Date;Time;CO;T;;\n"
            + rows(
                300, i -> at(i, "dd/MM/yyyy;HH.mm.ss") + ";2,%d;1%d,5;;".formatted(i % 10, i % 7))
            + ";;;;;\n".repeat(5);
    Deployment deployment = init(csv);
    assertThat(read(deployment))
        .hasSize(300)
        .first()
        .satisfies(
            first -> {
              assertThat(Instant.ofEpochMilli(first.time())).isEqualTo("2024-03-10T18:00:00Z");
              assertThat(first.numeric()).containsExactly(2.0f, 10.5f);
            });
    assertThat(deployment.input().interval()).contains(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd HH:mm:ss,SSS",
        "yyyy-MM-dd'T'HH:mm:ss'+0000'",
        "yyyy-MM-dd HH:mm:ss'+00'",
        "yyyy-MM-dd HH:mm:ss 'UTC'",
        "yyyyMMdd'T'HHmmss'Z'",
        "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
        "M/d/yy h:mm a",
        "dd.MM.yyyy HH:mm",
        "d-MMM-yyyy HH:mm",
        "MMM d, yyyy HH:mm",
        "yyyy/MM/dd HH:mm",
        "yyyyMMddHHmm",
        "dd/MM/yyyy hh:mm:ss a"
      })
  void every_way_to_write_an_hour_is_the_same_hour(String pattern) throws IOException {
    String csv =
        "time,load\n" + rows(500, i -> '"' + at(i, pattern).replace("AM", "am") + "\"," + i % 13);
    List<Observation> read = read(init(csv));
    assertThat(read).hasSize(500);
    for (int i = 0; i < 500; i++) {
      assertThat(Instant.ofEpochMilli(read.get(i).time()))
          .isEqualTo(BEGIN.plusHours(i).toInstant(ZoneOffset.UTC));
    }
  }

  @ParameterizedTest
  @CsvSource({"1e0", "1e3", "1e6", "1e9"})
  void numbers_that_are_times_are_told_by_their_size(double perSecond) throws IOException {
    long begin = BEGIN.toEpochSecond(ZoneOffset.UTC);
    String csv =
        "time,load\n" + rows(100, i -> (begin + 3600L * i) * (long) perSecond + "," + i % 13);
    assertThat(Instant.ofEpochMilli(read(init(csv)).get(0).time()))
        .isEqualTo("2024-03-10T18:00:00Z");
  }

  @Test
  void days_of_spreadsheets_are_days() throws IOException {
    String csv =
        "Date,load\n"
            + rows(
                100, i -> String.format(Locale.ROOT, "%.6f", 45361.75 + i / 24.0) + "," + i % 13);
    assertThat(Instant.ofEpochMilli(read(init(csv)).get(0).time()))
        .isEqualTo("2024-03-10T18:00:00Z");
  }

  @Test
  void months_and_days_are_told_by_evenness_and_by_the_whole_file() throws IOException {
    String months =
        "date,sales\n" + rows(48, i -> "%02d/01/%d,%d".formatted(1 + i % 12, 2014 + i / 12, i % 7));
    assertThat(Instant.ofEpochMilli(read(init(months)).get(1).time()))
        .isEqualTo("2014-02-01T00:00:00Z");
    String days =
        "date,sales\n"
            + rows(
                40,
                i ->
                    BEGIN.plusDays(i - 9).format(DateTimeFormatter.ofPattern("MM/dd/yyyy"))
                        + ","
                        + i % 7);
    assertThat(Instant.ofEpochMilli(read(init(days)).get(0).time()))
        .isEqualTo("2024-03-01T00:00:00Z");
  }

  @Test
  void a_column_that_looks_like_times_and_is_not_read_is_named() {
    assertThatThrownBy(() -> init("when,load\n" + rows(20, i -> "week " + i + " of 2024," + i)))
        .hasMessageContaining(
            "pumps.csv:2: when: 'week 0 of 2024' looks like a time and cannot be read");
    assertThatThrownBy(() -> init("clock,load\n" + rows(20, i -> "%02d:00,%d".formatted(i, i))))
        .hasMessageContaining("clock: '00:00' looks like a time")
        .hasMessageContaining("must come with a column of dates");
  }

  @Test
  void preambles_units_comments_and_words_among_numbers() throws IOException {
    String csv =
        "\"TOA5\",\"STATION\",\"CR1000\",\"1\",\"2\"\n\"TIMESTAMP\",\"AirTC\",\"Batt\"\n\"TS\",\"Deg C\",\"Volts\"\n\"\",\"Avg\",\"Min\"\n"
            + rows(
                200,
                i ->
                    "\""
                        + at(i, "yyyy-MM-dd HH:mm:ss")
                        + "\","
                        + (i % 50 == 7 ? "unavailable" : i % 23 + ".25")
                        + ",12.5"
                        + i % 9);
    assertThat(read(init(csv)))
        .hasSize(200)
        .element(7)
        .satisfies(each -> assertThat(each.numeric()[0]).isNaN());
    String comments =
        "# made by nobody\n#\ntime;ghi\n"
            + rows(50, i -> at(i, "yyyy-MM-dd HH:mm") + ";" + i % 11 + ".5");
    assertThat(read(init(comments))).hasSize(50);
  }

  @Test
  void thousands_are_no_fractions() throws IOException {
    String csv =
        "time,sales\n" + rows(50, i -> at(i, "yyyy-MM-dd HH:mm") + ",\"1,%03d.50\"".formatted(i));
    assertThat(read(init(csv)).get(3).numeric()).containsExactly(1003.5f);
  }

  @Test
  void letters_in_another_encoding_are_the_same_letters() throws IOException {
    String csv =
        "Zeit;Ort;Temperatur °C\n"
            + rows(
                200,
                i ->
                    at(i / 2, "yyyy-MM-dd HH:mm")
                        + ";"
                        + (i % 2 == 0 ? "Köln" : "Zürich")
                        + ";"
                        + i % 17
                        + ".5");
    for (String name : List.of("windows-1252", "UTF-8", "UTF-16LE")) {
      Path file = Files.write(folder.resolve("pumps.csv"), csv.getBytes(Charset.forName(name)));
      assertThat(read(init(List.of(file), InitWishes.none())))
          .as(name)
          .hasSize(200)
          .extracting(Observation::key)
          .contains("Köln", "Zürich");
    }
  }

  @Test
  void bad_rows_are_counted_and_left_out() throws IOException {
    String csv =
        "time,kwh\n"
            + rows(200, i -> at(i, "yyyy-MM-dd HH:mm") + "," + i + ".5")
            + "time,kwh\n"
            + rows(100, i -> at(200 + i, "yyyy-MM-dd HH:mm") + "," + i + ".5")
            + "2024-05";
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    assertThat(StartingDeployment.from(List.of(file), "pumps", InitWishes.none()).findings())
        .anyMatch(
            line ->
                line.startsWith("2 bad rows or cells, first ")
                    && line.contains("pumps.csv:202: the header once more"));
    assertThat(read(init(csv))).hasSize(300);
  }

  @Test
  void names_are_refused_where_they_do_not_tell_columns_apart() {
    assertThatThrownBy(() -> init("time,T,T\n" + rows(9, i -> at(i, "yyyy-MM-dd HH:mm") + ",1,2")))
        .hasMessageContaining("pumps.csv: T: the name of two columns (must be of one");
    assertThatThrownBy(() -> init("time;T\n" + rows(9, i -> at(i, "yyyy-MM-dd HH:mm") + ";;1")))
        .hasMessageContaining("pumps.csv:1: 2 names [time, T] above rows of 3 cells");
  }

  @Test
  void numbers_that_no_row_resembles_name_columns_which_are_keys_where_they_are_alike()
      throws IOException {
    String csv =
        "710042,710057,711380,712901,715533\n"
            + rows(
                100,
                i -> "6%d.5,5%d.1,6%d.0,5%d.9,6%d.3".formatted(i % 10, i % 7, i % 5, i % 9, i % 8));
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    InitWishes hourly =
        new InitWishes(
            List.of(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofHours(1)));
    List<Observation> read = read(init(List.of(file), hourly));
    assertThat(read).hasSize(500).extracting(Observation::key).contains("710042", "715533");
    assertThat(read.get(499).time()).isLessThan(System.currentTimeMillis());
  }

  @Test
  void what_does_not_change_within_a_key_is_static_and_what_tells_the_label_is_left_out()
      throws IOException {
    String csv =
        "time,pump,size,flow,label,label_start\n"
            + rows(
                400,
                i ->
                    at(i / 2, "yyyy-MM-dd HH:mm")
                        + ",p"
                        + i % 2
                        + ","
                        + (i % 2 * 3 + 1)
                        + ","
                        + i % 13
                        + ".5,"
                        + (i / 2 % 20 > 15 ? 1 : 0)
                        + ","
                        + (i / 2 % 20 == 16 ? 1 : 0));
    Deployment deployment = init(csv);
    assertThat(deployment.input().statics()).containsExactly("size");
    assertThat(deployment.input().features()).containsExactly("flow", "size");
    assertThat(findings(csv))
        .anyMatch(line -> line.startsWith("label_start: left out: it seems to give label away"));
    assertThat(findings(csv)).contains("label: 2 classes: 0 320, 1 80");
  }

  @Test
  void spellings_of_one_class_a_value_far_off_and_a_feature_that_goes_on_are_pointed_out()
      throws IOException {
    String classes =
        "time,x,label\n"
            + rows(
                200,
                i ->
                    at(i, "yyyy-MM-dd HH:mm")
                        + ","
                        + i % 13
                        + ".5,"
                        + List.of("ok", "OK", " Ok", "bad").get(i % 4));
    assertThat(findings(classes))
        .anyMatch(line -> line.contains("look like one class (replay.labels"));
    String far =
        "time,x\n"
            + rows(
                200, i -> at(i, "yyyy-MM-dd HH:mm") + "," + (i % 40 == 3 ? "-999" : i % 13 + ".5"));
    assertThat(findings(far))
        .anyMatch(
            line -> line.startsWith("x: -999 stands in 5 rows, far off the others (0.5 to 12.5)"));
    String ahead =
        "time,sales,holiday\n"
            + rows(
                100,
                i ->
                    at(i, "yyyy-MM-dd HH:mm")
                        + ","
                        + (i < 90 ? i % 13 + ".5" : "")
                        + ","
                        + (i % 7 == 0 ? 1 : 0));
    assertThat(findings(ahead))
        .anyMatch(
            line ->
                line.startsWith("holiday: goes on behind the last sales: if it is known ahead"));
  }

  @Test
  void doubles_gaps_and_steps_back_are_counted() throws IOException {
    String csv =
        "time,x\n"
            + rows(
                100,
                i ->
                    at(i == 50 ? 49 : i == 60 ? 40 : i < 90 ? i : i + 5, "yyyy-MM-dd HH:mm")
                        + ","
                        + i % 13
                        + ".5");
    assertThat(findings(csv))
        .anyMatch(
            line ->
                line.startsWith("1 rows repeat the time of the row before")
                    && line.contains("pumps.csv:52"))
        .anyMatch(
            line -> line.startsWith("1 rows go back in time") && line.contains("pumps.csv:62"))
        .anyMatch(line -> line.contains("gaps, in which"));
  }

  private static String at(int hour, String pattern) {
    return BEGIN
        .plusHours(hour)
        .format(DateTimeFormatter.ofPattern(pattern.replace(";", "';'"), Locale.ENGLISH));
  }

  private static String rows(int count, IntFunction<String> row) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(row.apply(i)).append('\n');
    }
    return rows.toString();
  }

  private List<String> findings(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    return StartingDeployment.from(List.of(file), "pumps", InitWishes.none()).findings();
  }

  private Deployment init(String csv) throws IOException {
    return init(List.of(Files.writeString(folder.resolve("pumps.csv"), csv)), InitWishes.none());
  }

  private Deployment init(List<Path> files, InitWishes wishes) throws IOException {
    String yaml = StartingDeployment.from(files, "pumps", wishes).yaml(folder);
    Path written = Files.writeString(folder.resolve("pumps.yaml"), yaml);
    return SettingsBinder.bind(
        YamlDocument.read(written, Map.of()), Deployment.class, ZoneOffset.UTC);
  }

  private static List<Observation> read(Deployment deployment) {
    List<Observation> all = new ArrayList<>();
    try (ReplayReader reader =
        new ReplayReader(deployment.requireReplay(), deployment.input().observationSchema())) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        all.add(each);
      }
    }
    return all;
  }
}
