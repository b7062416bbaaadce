package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.file.RefusedRows;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What all rows of a deployment's files are, but for their features: keys, times and classes. */
final class FileLook {
  private static final double USUAL = 0.9;

  private final Map<String, Times> keys = new TreeMap<>();
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final Map<Long, Long> distances = new HashMap<>();
  private RefusedRows refused = new RefusedRows(List.of());
  private long rows;
  private long secondPasses;

  /** One key's times in the order of the files. */
  private static final class Times {
    long[] at = new long[64];
    int count;

    void add(long time) {
      if (count == at.length) {
        at = Arrays.copyOf(at, 2 * count);
      }
      at[count++] = time;
    }
  }

  private FileLook() {}

  /** Reads everything; what cannot be read is counted. */
  static FileLook at(ReplaySettings replay, ObservationSchema schema) {
    FileLook look = new FileLook();
    ReplaySettings all =
        Settings.with(replay, Map.of("on-error", ReplaySettings.RowErrors.SKIP, "rate", 0.0));
    ObservationSchema plain =
        new ObservationSchema(
            schema.numeric(),
            schema.categorical(),
            schema.label(),
            FutureFields.NONE,
            RecordLayout.PLAIN,
            schema.shared());
    try (ReplayReader reader = new ReplayReader(all, plain)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        look.add(each.key(), each.time(), each.label());
      }
      look.refused = reader.refused();
      look.secondPasses = reader.secondPasses();
    }
    return look;
  }

  private void add(String key, long time, @Nullable String label) {
    Times times = keys.computeIfAbsent(key, unknown -> new Times());
    if (times.count > 0) {
      distances.merge(time - times.at[times.count - 1], 1L, Long::sum);
    }
    times.add(time);
    rows++;
    if (label != null) {
      classes.merge(label, 1, Integer::sum);
    }
  }

  long rows() {
    return rows;
  }

  RefusedRows refused() {
    return refused;
  }

  /** Rows of an hour that came twice, in its second pass. */
  long secondPasses() {
    return secondPasses;
  }

  Map<String, Integer> classes() {
    return classes;
  }

  List<String> keys() {
    return List.copyOf(keys.keySet());
  }

  int longest() {
    return keys.values().stream().mapToInt(times -> times.count).max().orElse(0);
  }

  int shortest() {
    return keys.values().stream().mapToInt(times -> times.count).min().orElse(0);
  }

  /** [rows] a key's times, ascending. */
  long[] times(String key) {
    Times times = keys.getOrDefault(key, new Times());
    long[] sorted = Arrays.copyOf(times.at, times.count);
    Arrays.sort(sorted);
    return sorted;
  }

  Instant first() {
    return Instant.ofEpochMilli(
        keys.values().stream()
            .flatMapToLong(times -> Arrays.stream(times.at, 0, times.count))
            .min()
            .orElse(0));
  }

  Instant last() {
    return Instant.ofEpochMilli(
        keys.values().stream()
            .flatMapToLong(times -> Arrays.stream(times.at, 0, times.count))
            .max()
            .orElse(0));
  }

  /** The distance of nine in ten rows that go forward. */
  Optional<Duration> distance() {
    long forward = count(distance -> distance > 0);
    return distances.entrySet().stream()
        .filter(each -> each.getKey() > 0 && each.getValue() >= USUAL * forward)
        .map(each -> Duration.ofMillis(each.getKey()))
        .findFirst();
  }

  /** Rows at the time of the row before of their key. */
  long doubles() {
    return distances.getOrDefault(0L, 0L);
  }

  /** Rows before the row before of their key. */
  long back() {
    return count(distance -> distance < 0);
  }

  /** Places where rows are missing. */
  long gaps() {
    long step = distance().map(Duration::toMillis).orElse(Long.MAX_VALUE / 2);
    return count(distance -> distance >= 2 * step);
  }

  private long count(LongPredicate which) {
    return distances.entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
