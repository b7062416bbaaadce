package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The two public data sets of the examples; skipped where they are not at hand. */
class RealDataTest {
  @Test
  void reads_the_air_of_beijing_in_the_order_of_time() {
    ReplaySettings settings =
        ReplaySettings.of(
            List.of(data("beijing-air").resolve("PRSA_Data_*.csv")),
            KeySettings.of("station"),
            TimeSettings.ofParts(
                List.of("year", "month", "day", "hour"), ZoneId.of("Asia/Shanghai")));
    ObservationSchema schema = new ObservationSchema(List.of("PM2.5", "TEMP"), List.of("wd"), null);
    Map<String, Integer> counts = new HashMap<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int missing = 0;
    try (ReplayReader reader = new ReplayReader(settings, schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        assertThat(each.time()).isGreaterThanOrEqualTo(last);
        last = each.time();
        first = Math.min(first, last);
        counts.merge(each.key(), 1, Integer::sum);
        missing += Double.isNaN(each.numeric()[0]) ? 1 : 0;
      }
    }
    assertThat(counts)
        .containsOnlyKeys("Changping", "Dongsi", "Tiantan", "Wanliu")
        .allSatisfy((station, count) -> assertThat(count).isEqualTo(35_064));
    assertThat(Instant.ofEpochMilli(first)).isEqualTo("2013-02-28T16:00:00Z");
    assertThat(Instant.ofEpochMilli(last)).isEqualTo("2017-02-28T15:00:00Z");
    assertThat(missing).isPositive();
  }

  @Test
  void reads_the_movements_of_the_elderly() {
    ReplaySettings usual =
        ReplaySettings.of(
            List.of(data("rfid-elderly").resolve("d*")),
            KeySettings.ofFileName(".+"),
            TimeSettings.ofUnits(
                "time", TimeSettings.Unit.S, Instant.parse("2020-01-01T00:00:00Z")));
    Map<String, String> labels =
        Map.of("1", "sit-on-bed", "2", "sit-on-chair", "3", "lying", "4", "ambulating");
    ReplaySettings settings = headless(usual, labels);
    ObservationSchema schema =
        new ObservationSchema(
            List.of("frontal", "vertical", "lateral", "rssi", "phase", "frequency"),
            List.of("antenna"),
            "label");
    Map<String, Integer> byLabel = new TreeMap<>();
    Map<String, Long> lastOfKey = new HashMap<>();
    try (ReplayReader reader = new ReplayReader(settings, schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        byLabel.merge(String.valueOf(each.label()), 1, Integer::sum);
        Long before = lastOfKey.put(each.key(), each.time());
        assertThat(before == null || before <= each.time()).isTrue();
      }
    }
    assertThat(lastOfKey).hasSize(60).containsKeys("d1p01M", "d1p60F");
    assertThat(byLabel).containsOnlyKeys(labels.values().toArray(String[]::new));
    assertThat(byLabel.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(52_482);
  }

  private static ReplaySettings headless(ReplaySettings usual, Map<String, String> labels) {
    return Settings.with(
        usual,
        Map.of(
            "header",
            false,
            "columns",
            List.of(
                "time",
                "frontal",
                "vertical",
                "lateral",
                "antenna",
                "rssi",
                "phase",
                "frequency",
                "label"),
            "labels",
            labels));
  }

  private static Path data(String set) {
    String given = System.getProperty("EDDY_DATA", System.getenv("EDDY_DATA"));
    Path root =
        given == null
            ? Path.of(System.getProperty("eddy.root", "..")).resolve("../shared/data")
            : Path.of(given);
    Path folder = root.resolve(set);
    assumeThat(folder).isDirectory();
    return folder;
  }
}
