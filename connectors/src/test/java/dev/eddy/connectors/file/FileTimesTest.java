package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as files write them, and clocks that are changed. */
class FileTimesTest extends ReplayFiles {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-03-27T01:30:00+01:00 | 2025-03-27T00:30:00Z",
        "2025-03-27T01:30:00+0100 | 2025-03-27T00:30:00Z",
        "2025-03-27 01:30:00+01 | 2025-03-27T00:30:00Z",
        "2025-03-27 01:30:00 +01:00 | 2025-03-27T00:30:00Z",
        "2025-03-27 00:30:00 UTC | 2025-03-27T00:30:00Z",
        "2025-03-27 00:30:00,250 | 2025-03-27T00:30:00.250Z",
        "2025-03-27T00:30:00.123456789Z | 2025-03-27T00:30:00.123Z",
        "2025-03-27T00:30Z | 2025-03-27T00:30:00Z",
        "2025-03-27 00:30 | 2025-03-27T00:30:00Z",
        "2025-3-7 00:30 | 2025-03-07T00:30:00Z",
        "20250327T003000Z | 2025-03-27T00:30:00Z",
        "20250327T0030 | 2025-03-27T00:30:00Z",
        "20250327 | 2025-03-27T00:00:00Z",
        "2025-03-27 24:00 | 2025-03-28T00:00:00Z",
        "1949-01 | 1949-01-01T00:00:00Z",
        "1949 | 1949-01-01T00:00:00Z",
        "Thu, 27 Mar 2025 00:30:00 GMT | 2025-03-27T00:30:00Z",
      })
  void times_need_no_pattern_in_these_forms(String written, String meant) throws IOException {
    assertThat(instants(usual("a.csv"), List.of(written))).containsExactly(Instant.parse(meant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-13-01", "2025-02-30", "2025-01-01T25:00", "202501", "2025-01-01 00:00:00 XYZ",
        "2025-01-01T00:00:00.", "01/02/2025", "soon", "2025-01-01T", "2025-01-01T24:30"
      })
  void what_is_no_time_is_refused_with_its_cell(String written) throws IOException {
    assertThatThrownBy(() -> instants(usual("a.csv"), List.of(written)))
        .hasMessageContaining("a.csv:2: date: " + written + " (must be ISO-8601");
  }

  @Test
  void am_and_pm_may_be_small_and_days_and_months_have_one_digit() throws IOException {
    assertThat(instants(pattern("M/d/yy h:mm a"), List.of("1/7/20 9:05 pm", "12/17/20 12:00 AM")))
        .containsExactly(
            Instant.parse("2020-01-07T21:05:00Z"), Instant.parse("2020-12-17T00:00:00Z"));
    assertThat(instants(pattern("MM/yyyy"), List.of("02/2020")))
        .containsExactly(Instant.parse("2020-02-01T00:00:00Z"));
  }

  @Test
  void numbers_count_units_from_a_start() throws IOException {
    assertThat(instants(unit("ns", ""), List.of("1735689600000000000")))
        .containsExactly(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(instants(unit("d", "1899-12-30T00:00:00Z"), List.of("45658,25")))
        .containsExactly(Instant.parse("2025-01-01T06:00:00Z"));
  }

  @Test
  void a_day_whose_midnight_never_was_begins_with_its_first_instant() throws IOException {
    ReplaySettings santiago =
        timed(Map.of("columns", List.of("date"), "zone", ZoneId.of("America/Santiago")));
    assertThat(instants(santiago, List.of("2023-09-02", "2023-09-03")))
        .containsExactly(
            Instant.parse("2023-09-02T04:00:00Z"), Instant.parse("2023-09-03T04:00:00Z"));
  }

  @Test
  void the_hour_that_comes_twice_is_read_in_two_passes() throws IOException {
    List<String> rows = local("2025-10-25T23:30:00Z", 15, 12);
    assertThat(instants(zoned(), rows)).isEqualTo(every("2025-10-25T23:30:00Z", 15, 12));
    List<String> hourly = local("2025-10-25T22:00:00Z", 60, 6);
    assertThat(instants(zoned(), hourly)).isEqualTo(every("2025-10-25T22:00:00Z", 60, 6));
    List<String> newestFirst = new ArrayList<>(rows);
    Collections.reverse(newestFirst);
    List<Instant> meant = every("2025-10-25T23:30:00Z", 15, 12);
    Collections.reverse(meant);
    assertThat(instants(zoned(), newestFirst)).isEqualTo(meant);
    List<String> doubled =
        List.of("2025-10-26 02:15", "2025-10-26 02:15", "2025-10-26 02:30", "2025-10-26 02:45");
    assertThat(instants(zoned(), doubled))
        .containsExactly(
            Instant.parse("2025-10-26T00:15:00Z"),
            Instant.parse("2025-10-26T00:15:00Z"),
            Instant.parse("2025-10-26T00:30:00Z"),
            Instant.parse("2025-10-26T00:45:00Z"));
  }

  @Test
  void the_second_pass_is_counted_and_each_key_has_its_own() throws IOException {
    StringBuilder csv = new StringBuilder("station,date,temp\n");
    for (String row : local("2025-10-25T23:30:00Z", 30, 6)) {
      csv.append("a,%s,1\nb,%s,1\n".formatted(row, row));
    }
    write("a.csv", csv.toString());
    try (ReplayReader reader = new ReplayReader(zoned(), TEMP)) {
      List<Instant> ofB = new ArrayList<>();
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        if (each.key().equals("b")) {
          ofB.add(Instant.ofEpochMilli(each.time()));
        }
      }
      assertThat(ofB).isEqualTo(every("2025-10-25T23:30:00Z", 30, 6));
      assertThat(reader.secondPasses()).isEqualTo(4);
    }
  }

  @Test
  void a_time_that_never_was_is_named() {
    assertThatThrownBy(() -> instants(zoned(), List.of("2025-03-30 01:30", "2025-03-30 02:30")))
        .hasMessageContaining(
            "a.csv:3: 2025-03-30T02:30 (must be a time that was: in Europe/Berlin")
        .hasMessageContaining("from 2025-03-30T02:00 to 2025-03-30T03:00");
  }

  private static List<String> local(String start, int minutes, int count) {
    return every(start, minutes, count).stream()
        .map(each -> each.atZone(BERLIN).toLocalDateTime().toString().replace('T', ' '))
        .toList();
  }

  private static List<Instant> every(String start, int minutes, int count) {
    List<Instant> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Instant.parse(start).plusSeconds(60L * minutes * i));
    }
    return all;
  }

  private ReplaySettings zoned() {
    return timed(Map.of("columns", List.of("date"), "zone", BERLIN));
  }

  private ReplaySettings pattern(String pattern) {
    return timed(Map.of("columns", List.of("date"), "pattern", Optional.of(pattern)));
  }

  private ReplaySettings unit(String unit, String start) {
    Optional<Instant> from = start.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(start));
    TimeSettings.Unit of = TimeSettings.Unit.valueOf(unit.toUpperCase(java.util.Locale.ROOT));
    return Settings.with(
        timed(Map.of("columns", List.of("date"), "unit", Optional.of(of), "start", from)),
        Map.of("decimal", ','));
  }

  private ReplaySettings timed(Map<String, ?> time) {
    return Settings.with(usual("a.csv"), Map.of("time", Settings.of(TimeSettings.class, time)));
  }

  private List<Instant> instants(ReplaySettings settings, List<String> times) throws IOException {
    StringBuilder csv = new StringBuilder("station,date,temp\n");
    times.forEach(time -> csv.append("a,\"").append(time).append("\",1\n"));
    write("a.csv", csv.toString());
    return new ArrayList<>(
        observations(settings, TEMP).stream()
            .map(each -> Instant.ofEpochMilli(each.time()))
            .toList());
  }
}
