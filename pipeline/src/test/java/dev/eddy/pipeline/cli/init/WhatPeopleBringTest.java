package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of other programs: what {@code init} writes of them reads them as what they mean. */
class WhatPeopleBringTest extends BroughtFiles {
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

  @Test
  void preambles_units_comments_and_words_among_numbers() throws IOException {
    String csv =
        "\"TOA5\",\"STATION\",\"CR1000\",\"1\",\"2\"\n"
            + "\"TIMESTAMP\",\"AirTC\",\"Batt\"\n"
            + "\"TS\",\"Deg C\",\"Volts\"\n"
            + "\"\",\"Avg\",\"Min\"\n"
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
  void a_line_that_tells_spreadsheets_the_delimiter_is_none_of_the_table() throws IOException {
    String csv = "sep=;\ntime;x\n" + rows(50, i -> at(i, "yyyy-MM-dd HH:mm") + ";" + i % 9);
    assertThat(init(csv).input().features()).containsExactly("x");
    assertThat(read(init(csv))).hasSize(50);
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
    assertThat(
            init(
                    List.of(
                        Files.write(
                            folder.resolve("few.csv"),
                            ("Zeit;Größe\n"
                                    + rows(60, i -> at(i, "yyyy-MM-dd HH:mm") + ";" + i % 9))
                                .getBytes(Charset.forName("windows-1252")))),
                    InitWishes.none())
                .input()
                .features())
        .containsExactly("Größe");
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
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofHours(1)),
            Optional.empty());
    List<Observation> read = read(init(List.of(file), hourly));
    assertThat(read).hasSize(500).extracting(Observation::key).contains("710042", "715533");
    assertThat(read.get(499).time()).isLessThan(System.currentTimeMillis());
  }

  @Test
  void columns_of_names_that_are_alike_are_keys_where_one_series_would_not_have_so_many()
      throws IOException {
    String places = "Oslo,Bergen,Hamar,Moss,Bodo,Narvik,Molde,Voss";
    List<Observation> read = read(init("date,nr," + places + "\n" + wide(8)));
    assertThat(read).hasSize(800).extracting(Observation::key).contains("Oslo", "Voss");
    assertThat(read).extracting(Observation::key).doesNotContain("nr");
    assertThat(read.get(0).numeric()).hasSize(1);
  }

  @Test
  void a_few_columns_that_are_alike_are_features_and_offered_as_keys() throws IOException {
    String csv = "date,nr,Oslo,Bergen,Hamar,Moss\n" + wide(4);
    assertThat(findings(csv))
        .anyMatch(
            line ->
                line.startsWith("[Oslo, Bergen, Hamar, Moss]: alike in range, taken for features")
                    && line.contains("init --layout wide makes them keys"));
    assertThat(init(csv).input().features()).contains("Oslo", "Moss");
    InitWishes wide =
        new InitWishes(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ReplaySettings.Layout.WIDE));
    assertThat(read(init(List.of(folder.resolve("pumps.csv")), wide)))
        .hasSize(400)
        .extracting(Observation::key)
        .containsOnly("Oslo", "Bergen", "Hamar", "Moss");
  }

  @Test
  void kinds_of_measurement_are_features_however_many_and_alike() throws IOException {
    String names = "temp,humidity,pressure,wind,power,flow,speed,load";
    String csv = "date,nr," + names + "\n" + wide(8);
    assertThat(init(csv).input().features()).contains("temp", "load");
    assertThat(findings(csv)).noneMatch(line -> line.contains("alike"));
    String shared = "temp_a,temp_b,temp_c,temp_d,temp_e,temp_f,temp_g,temp_h";
    assertThat(read(init("date,nr," + shared + "\n" + wide(8)))).hasSize(800);
  }

  /** Rows of a time, their number, and so many values that are alike. */
  private static String wide(int columns) {
    return rows(
        100,
        i -> {
          StringBuilder row = new StringBuilder(at(i, "yyyy-MM-dd HH:mm") + "," + (i + 1));
          for (int column = 0; column < columns; column++) {
            row.append(",%d.%d".formatted(10 + (i * 7 + column * 3) % 23, (i + column) % 10));
          }
          return row.toString();
        });
  }

  @Test
  void a_column_without_a_name_behind_a_header_that_ends_in_a_delimiter_is_called_by_its_place()
      throws IOException {
    String csv =
        "time;T;\n" + rows(60, i -> at(i, "yyyy-MM-dd HH:mm") + ";" + i % 9 + ".5;" + i % 7);
    Deployment deployment = init(csv);
    assertThat(deployment.input().features()).containsExactly("T", "column-3");
    assertThat(read(deployment)).hasSize(60);
  }

  @Test
  void rows_of_empty_cells_take_their_time_where_times_are_made_up() throws IOException {
    String csv = "a,b\n" + rows(50, i -> i == 20 ? "," : i % 7 + ".5," + i % 5);
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    List<Observation> read =
        read(
            init(
                List.of(file),
                new InitWishes(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofHours(1)),
                    Optional.empty())));
    assertThat(read).hasSize(49);
    assertThat(read.get(20).time() - read.get(19).time()).isEqualTo(7_200_000);
    assertThat(read.get(48).time() - read.get(0).time()).isEqualTo(49 * 3_600_000L);
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
}
