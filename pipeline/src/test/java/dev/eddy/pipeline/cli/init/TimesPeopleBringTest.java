package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as other programs write them: what {@code init} writes reads them as what they mean. */
class TimesPeopleBringTest extends BroughtFiles {
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
                line.startsWith("2 rows repeat the time of another in their series")
                    && line.contains("pumps.csv:52"))
        .anyMatch(
            line -> line.startsWith("1 rows go back in time") && line.contains("pumps.csv:62"))
        .anyMatch(line -> line.contains("gaps, in which"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EEE MMM d HH:mm:ss yyyy",
        "EEEE, d MMMM yyyy HH:mm",
        "yyyy-MM-dd-HH.mm.ss",
        "ddMMMyyyy:HH:mm:ss",
        "HH:mm:ss dd/MM/yyyy",
        "yyyy-DDD HH:mm",
        "yyyyMMdd HH:mm",
      })
  void forms_that_are_no_date_and_clock_one_after_the_other(String form) throws IOException {
    requireHours(init("time,x\n" + rows(200, i -> '"' + at(i, form) + "\"," + i % 9)));
  }

  @Test
  void hours_that_end_and_minutes_have_columns_of_their_own() throws IOException {
    String ending =
        "Date,HE,load\n"
            + rows(
                200,
                i -> at(i, "MM/dd/yyyy") + "," + (BEGIN.plusHours(i).getHour() + 1) + "," + i % 9);
    List<Observation> read = read(init(ending));
    assertThat(Instant.ofEpochMilli(read.get(0).time())).isEqualTo("2024-03-10T19:00:00Z");
    assertThat(read.get(199).time() - read.get(0).time()).isEqualTo(199 * 3_600_000L);
    String minutes =
        "day,hour,minute,load\n"
            + rows(200, i -> at(i / 4, "yyyy-MM-dd,H") + "," + 15 * (i % 4) + "," + i % 9);
    assertThat(init(minutes).input().interval()).contains(Duration.ofMinutes(15));
  }

  @Test
  void a_year_of_two_digits_is_one_that_was() throws IOException {
    Deployment months =
        init(
            "month,gdp\n"
                + rows(
                    60,
                    i ->
                        BEGIN
                                .minusYears(29)
                                .plusMonths(i)
                                .format(DateTimeFormatter.ofPattern("MMM-yy", Locale.ENGLISH))
                            + ","
                            + i % 9
                            + ".5"));
    assertThat(Instant.ofEpochMilli(read(months).get(0).time())).isEqualTo("1995-03-01T00:00:00Z");
  }

  @Test
  void times_that_were_rounded_are_an_hour_apart() throws IOException {
    String days = "time,x\n" + rows(300, i -> "%.5f,%d".formatted(45_000 + i / 24.0, i % 9));
    assertThat(init(days).input().interval()).contains(Duration.ofHours(1));
  }

  @Test
  void a_row_without_a_time_is_left_out_by_what_is_written() throws IOException {
    Deployment deployment =
        init("time,x\n" + rows(200, i -> at(i, "yyyy-MM-dd HH:mm") + "," + i % 9) + "Total,900\n");
    assertThat(read(deployment)).hasSize(200);
  }

  private static void requireHours(Deployment deployment) {
    List<Observation> read = read(deployment);
    assertThat(read).hasSize(200);
    assertThat(Instant.ofEpochMilli(read.get(0).time())).isEqualTo("2024-03-10T18:00:00Z");
    assertThat(read.get(199).time() - read.get(0).time()).isEqualTo(199 * 3_600_000L);
  }

  @Test
  void weeks_and_quarters_are_times() throws IOException {
    Deployment weeks =
        init("week,load\n" + rows(50, i -> "2015-W%02d,%d".formatted(i + 2, i % 13)));
    assertThat(read(weeks).get(0).time()).isEqualTo(millis("2015-01-05T00:00:00Z"));
    assertThat(weeks.input().interval()).contains(Duration.ofDays(7));
    assertThat(weeks.input().calendar()).isEmpty();

    Deployment quarters =
        init("quarter,load\n" + rows(80, i -> (1990 + i / 4) + "Q" + (i % 4 + 1) + "," + i % 13));
    assertThat(read(quarters).get(2).time()).isEqualTo(millis("1990-07-01T00:00:00Z"));
  }

  @Test
  void a_zone_that_is_named_is_that_zone_in_summer_too() throws IOException {
    String csv = "time,load\n" + rows(300, i -> at(i, "yyyy-MM-dd HH:mm:ss") + " EST," + i % 13);
    List<Observation> read = read(init(csv));
    assertThat(read.get(299).time()).isEqualTo(millis("2024-03-23T10:00:00Z"));
    String summer = csv.replace("EST", "EDT");
    assertThat(read(init(summer)).get(299).time()).isEqualTo(millis("2024-03-23T09:00:00Z"));
  }

  @Test
  void digits_of_a_date_and_of_a_time_of_day_are_one_time() throws IOException {
    String csv = "date,hhmm,load\n" + rows(300, i -> at(i, "yyyyMMdd,HHmm") + "," + i % 13);
    Deployment found = init(csv);
    assertThat(found.input().interval()).contains(Duration.ofHours(1));
    assertThat(found.input().features()).containsExactly("load");
    assertThat(read(found).get(7).time()).isEqualTo(millis("2024-03-11T01:00:00Z"));
  }

  @Test
  void rows_that_come_newest_first_have_their_distance() throws IOException {
    String csv = "time,load\n" + rows(300, i -> at(299 - i, "yyyy-MM-dd HH:mm") + "," + i % 13);
    assertThat(init(csv).input().interval()).contains(Duration.ofHours(1));
    assertThat(findings(csv))
        .anyMatch(line -> line.matches("299 rows go back .*; sort: true puts them in order"))
        .noneMatch(line -> line.contains("--key"));
  }

  @Test
  void an_hour_that_never_was_is_told_from_a_row_that_is_missing() throws IOException {
    String spring =
        "time,load\n" + rows(600, i -> at(i < 488 ? i : i + 1, "yyyy-MM-dd HH:mm") + "," + i % 13);
    assertThat(findings(spring))
        .anyMatch(line -> line.matches("1 gaps, .* one before .*:490 \\(by an hour: a clock .*"));
    String missing =
        "time,load\n" + rows(600, i -> at(i < 400 ? i : i + 1, "yyyy-MM-dd HH:mm") + "," + i % 13);
    assertThat(findings(missing)).contains("1 gaps, in which 1 rows are missing");
  }

  @Test
  void times_that_name_the_columns_are_those_of_each_row() throws IOException {
    StringBuilder header = new StringBuilder("shop");
    for (int day = 1; day <= 30; day++) {
      header.append(",2025-04-").append(day < 10 ? "0" : "").append(day);
    }
    String csv = header + "\n" + rows(9, i -> "s" + i + (",1" + i + ".5,17.25").repeat(15));
    List<Observation> read = read(init(csv));
    assertThat(read).hasSize(270);
    assertThat(read.get(0).time()).isEqualTo(millis("2025-04-01T00:00:00Z"));
    assertThat(read.get(269).time()).isEqualTo(millis("2025-04-30T00:00:00Z"));
  }

  @Test
  void what_may_be_ticks_since_the_year_1_is_doubted() throws IOException {
    long begin = 10_000_000L * (62_135_596_800L + BEGIN.toEpochSecond(ZoneOffset.UTC));
    String csv = "time,load\n" + rows(100, i -> begin + i * 36_000_000_000L + "," + i % 13);
    assertThat(findings(csv))
        .anyMatch(line -> line.contains("ticks of .NET would be from 2024-03-10T18:00:00Z on"));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
