package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.file.settings.WideSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowLayoutsTest extends ReplayFiles {
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
}
