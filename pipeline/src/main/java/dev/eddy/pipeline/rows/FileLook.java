package dev.eddy.pipeline.rows;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.file.FarValues;
import dev.eddy.connectors.file.RefusedRows;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all rows of a deployment's files are: keys, times, classes, and how features look. */
public final class FileLook {
  private static final int MOST_CATEGORIES = 100_000; // kept of a feature

  private final Map<String, Times> keys = new TreeMap<>();
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final Distances distances = new Distances();
  private final Map<String, FarValues> numbers = new LinkedHashMap<>(); // by feature
  private final Map<String, Set<String>> categories = new LinkedHashMap<>(); // by feature
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

  private FileLook(ObservationSchema schema) {
    schema.numeric().forEach(name -> numbers.put(name, new FarValues()));
    schema.categorical().forEach(name -> categories.put(name, new HashSet<>()));
  }

  /** Reads everything; what cannot be read is counted. */
  public static FileLook at(ReplaySettings replay, ObservationSchema schema) {
    FileLook look = new FileLook(schema);
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
        look.addFeatures(each);
      }
      look.refused = reader.refused();
      look.secondPasses = reader.secondPasses();
    }
    return look;
  }

  private void add(String key, long time, @Nullable String label) {
    Times times = keys.computeIfAbsent(key, unknown -> new Times());
    if (times.count > 0) {
      distances.add(time - times.at[times.count - 1]);
    }
    times.add(time);
    rows++;
    if (label != null) {
      classes.merge(label, 1, Integer::sum);
    }
  }

  private void addFeatures(Observation observation) {
    int at = 0;
    for (FarValues each : numbers.values()) {
      each.add(observation.numeric()[at++], 1);
    }
    at = 0;
    for (Set<String> each : categories.values()) {
      String value = observation.categories()[at++];
      if (value != null && each.size() < MOST_CATEGORIES) {
        each.add(value);
      }
    }
  }

  /** Lone values that repeat far off all others, by feature. */
  public Map<String, FarValues.Far> far() {
    Map<String, FarValues.Far> far = new LinkedHashMap<>();
    numbers.forEach((name, values) -> values.find().ifPresent(each -> far.put(name, each)));
    return far;
  }

  /** How many values each categorical feature has. */
  public Map<String, Integer> categories() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    categories.forEach((name, values) -> counts.put(name, values.size()));
    return counts;
  }

  /** How many steps lie between a key's first row and its last. */
  long reach(String key, Optional<Duration> interval) {
    return reach(key, times(key).length, interval);
  }

  /**
   * How many steps lie between a key's first row and a later one.
   *
   * @param rows up to that one
   * @param interval of a step; empty: from row to row
   */
  long reach(String key, long rows, Optional<Duration> interval) {
    long[] times = times(key);
    return rows == 0
        ? 0
        : interval
            .map(each -> (times[(int) rows - 1] - times[0]) / each.toMillis())
            .orElse(rows - 1);
  }

  static Instant instant(long time) {
    return Instant.ofEpochMilli(time);
  }

  /** How many were read. */
  public long rows() {
    return rows;
  }

  /** Those that were not. */
  public RefusedRows refused() {
    return refused;
  }

  /** Rows of an hour that came twice, in its second pass. */
  public long secondPasses() {
    return secondPasses;
  }

  /** Rows of each class. */
  public Map<String, Integer> classes() {
    return classes;
  }

  /** All, ascending. */
  public List<String> keys() {
    return List.copyOf(keys.keySet());
  }

  /** Rows of the longest key. */
  public int longest() {
    return keys.values().stream().mapToInt(times -> times.count).max().orElse(0);
  }

  /** Rows of the shortest key. */
  public int shortest() {
    return keys.values().stream().mapToInt(times -> times.count).min().orElse(0);
  }

  /** [rows] a key's times, ascending. */
  long[] times(String key) {
    Times times = keys.getOrDefault(key, new Times());
    long[] sorted = Arrays.copyOf(times.at, times.count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The time of the oldest row. */
  public Instant first() {
    return Instant.ofEpochMilli(
        keys.values().stream()
            .flatMapToLong(times -> Arrays.stream(times.at, 0, times.count))
            .min()
            .orElse(0));
  }

  /** The time of the newest row. */
  public Instant last() {
    return Instant.ofEpochMilli(
        keys.values().stream()
            .flatMapToLong(times -> Arrays.stream(times.at, 0, times.count))
            .max()
            .orElse(0));
  }

  /** How far rows lie from the row before of their key. */
  public Distances distances() {
    return distances;
  }
}
